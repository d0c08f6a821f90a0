// Single-key shortcuts. They can be turned off (WCAG 2.1.4), and never act while somebody types.
import { useEffect, useRef, useSyncExternalStore } from 'react'

const KEY = 'warmline-keys'
const watchers = new Set<() => void>()

const keysAreOn = (): boolean => localStorage.getItem(KEY) !== 'off'

export function turnKeys(on: boolean): void {
  localStorage.setItem(KEY, on ? 'on' : 'off')
  for (const watcher of watchers) watcher()
}

export function useKeysAreOn(): boolean {
  return useSyncExternalStore((changed) => {
    watchers.add(changed)
    return () => watchers.delete(changed)
  }, keysAreOn)
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Calls `keys[key]` when that key is pressed, unless a dialog is open. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (!keysAreOn() || typing(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return
      const act = latest.current[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}
