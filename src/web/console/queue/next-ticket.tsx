// The button that claims the ticket that comes next.
import { useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { announce } from '../../ui/live-region.tsx'
import { useKeys } from '../../ui/use-shortcut.ts'
import { ask, asProblem, type Ticket } from '../api-client.ts'
import { go } from '../router.tsx'

export function NextTicket() {
  const [pending, setPending] = useState(false)
  const [said, setSaid] = useState('')
  const next = async () => {
    if (pending) return
    setPending(true)
    setSaid('')
    try {
      const { ticket } = await ask<{ ticket: Ticket | null }>('POST', '/api/tickets/next')
      if (ticket) {
        announce(`You hold the ticket of ${ticket.customer.name}.`)
        go(`/console/tickets/${encodeURIComponent(ticket.id)}?tab=mine`)
      } else setSaid('Nothing waits for you.')
    } catch (error) {
      setSaid(asProblem(error).message)
    }
    setPending(false)
  }
  useKeys({ N: () => void next() })
  return (
    <>
      <Act small isPending={pending} onPress={next}>
        Next ticket
      </Act>
      <p className="queue-said" role="status">
        {said}
      </p>
    </>
  )
}
