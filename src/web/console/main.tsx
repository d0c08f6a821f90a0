// Starts the console.
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/controls.css'
import './shell/shell.css'
import './shell/bell.css'
import './queue/queue.css'
import './tickets/ticket.css'
import './tickets/viewers.css'
import './tickets/conversation.css'
import './tickets/picker.css'
import './accounts/accounts.css'
import './outbox/outbox.css'
import './trace/trace.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyTheme } from '../ui/theme.tsx'
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
