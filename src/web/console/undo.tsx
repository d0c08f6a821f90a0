// Undo of a resolved ticket, for some seconds, on every page.
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Act } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { announce } from '../ui/live-region.tsx'
import { useKeys } from '../ui/use-shortcut.ts'
import { ask, asProblem, type Ticket } from './api-client.ts'
import { go, ticketPath } from './router.tsx'

type Offer = { readonly ticket: string; readonly customer: string; readonly until: number }

/** The service holds back what resolving brings about for so long. */
const UNDO_MS = 10_000
const watchers = new Set<() => void>()
let offer: Offer | undefined

function put(next: Offer | undefined): void {
  offer = next
  for (const watcher of watchers) watcher()
}

export function offerUndo({ id, customer }: Ticket): void {
  put({ ticket: id, customer: customer.name, until: Date.now() + UNDO_MS })
}

export function UndoToast() {
  const shown = useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => offer,
  )
  return shown ? <Toast key={`${shown.ticket} ${shown.until}`} offer={shown} /> : null
}

function Toast({ offer: { ticket, customer, until } }: { offer: Offer }) {
  const [trouble, setTrouble] = useState('')
  const [pending, setPending] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button that had the keyboard is gone. The box takes it, not “Undo”: pressing Enter twice undoes nothing.
    box.current?.focus()
    const timer = setTimeout(() => put(undefined), Math.max(0, until - Date.now()))
    return () => clearTimeout(timer)
  }, [until])

  const undo = async () => {
    if (pending) return
    setPending(true)
    try {
      await ask('POST', `/api/tickets/${encodeURIComponent(ticket)}/reopen`)
      announce('You hold this ticket again.')
      go(ticketPath(ticket))
      document.querySelector<HTMLElement>('#main')?.focus()
      put(undefined)
    } catch (error) {
      setTrouble(asProblem(error).message)
      setPending(false)
    }
  }
  useKeys({ z: () => void undo() })

  return (
    <div className="toast" role="status" ref={box} tabIndex={-1}>
      <Icon name={trouble ? 'alert' : 'check'} />
      <p>{trouble || `Resolved: ${customer}`}</p>
      <Act small isPending={pending} onPress={undo}>
        Undo
      </Act>
    </div>
  )
}
