// The theme: light, dark, or as the system is.
import { useEffect, useState } from 'react'
import { Act } from './button.tsx'
import { Icon } from './icon.tsx'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]
const KEY = 'warmline-theme'
const ICONS = { system: 'screen', light: 'sun', dark: 'moon' } as const

function read(): Theme {
  const kept = localStorage.getItem(KEY)
  return THEMES.find((theme) => theme === kept) ?? 'system'
}

export function applyTheme(theme: Theme = read()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

export function ThemeToggle() {
  const [theme, setTheme] = useState(read)
  useEffect(() => {
    localStorage.setItem(KEY, theme)
    applyTheme(theme)
  }, [theme])
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  return (
    <Act look="quiet" square aria-label={`Theme: ${theme}. Switch to ${next}`} onPress={() => setTheme(next)}>
      <Icon name={ICONS[theme]} />
    </Act>
  )
}
