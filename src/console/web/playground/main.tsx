import '../look/tokens.css'
import '../look/base.css'
import '../look/controls.css'
import './playground.css'
import './thread.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyTheme } from '../look/theme.tsx'
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
