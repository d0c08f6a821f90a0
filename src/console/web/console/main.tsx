import '../look/tokens.css'
import '../look/base.css'
import '../look/controls.css'
import './shell.css'
import './queue/queue.css'
import './ticket/ticket.css'
import './ticket/conversation.css'
import './people/people.css'
import './outbox/outbox.css'
import './trace/trace.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyTheme } from '../look/theme.tsx'
import { App } from './app.tsx'

applyTheme()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
