// Starts the playground page.
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/controls.css'
import './playground.css'
import './thread.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyTheme } from '../ui/theme.tsx'
import { Playground } from './playground.tsx'

applyTheme()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Playground />
    </StrictMode>,
  )
}
