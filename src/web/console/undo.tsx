// Undo of what was done to a ticket, for some seconds, on every page.
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Act } from '../ui/button.tsx'
import { present } from '../ui/clock.ts'
import { Icon } from '../ui/icon.tsx'
import { announce } from '../ui/live-region.tsx'
import { useKeys } from '../ui/use-shortcut.ts'
import { ask, asProblem, type Ticket } from './api-client.ts'
import { go, ticketPath } from './router.tsx'

type Undoing = {
  readonly ticket: string
  /** What was done. */
  readonly text: string
  /** What is said once it is taken back. */
  readonly undone: string
  readonly undo: () => Promise<unknown>
}
type Offer = Undoing & { readonly until: number }

/** The service holds back what resolving brings about for so long. */
const UNDO_MS = 10_000
const watchers = new Set<() => void>()
let offer: Offer | undefined

function put(next: Offer | undefined): void {
  offer = next
  for (const watcher of watchers) watcher()
}

export const offerUndo = (undoing: Undoing): void => put({ ...undoing, until: present() + UNDO_MS })

/** For whoever has resolved a ticket. */
export const offerReopening = ({ id, customer }: Ticket): void =>
  offerUndo({
    ticket: id,
    text: `Resolved: ${customer.name}`,
    undone: 'You hold this ticket again.',
    undo: () => ask('POST', `/api/tickets/${encodeURIComponent(id)}/reopen`),
  })

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

function Toast({ offer: { ticket, text, undone, undo: takeBack, until } }: { offer: Offer }) {
  const [trouble, setTrouble] = useState('')
  const [pending, setPending] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button that had the keyboard is gone. The box takes it, not “Undo”: pressing Enter twice undoes nothing.
    box.current?.focus()
    const timer = setTimeout(() => put(undefined), Math.max(0, until - present()))
    return () => clearTimeout(timer)
  }, [until])

  const undo = async () => {
    if (pending) return
    setPending(true)
    try {
      await takeBack()
      announce(undone)
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
      <p>{trouble || text}</p>
      <Act small isPending={pending} onPress={undo}>
        Undo
      </Act>
    </div>
  )
}
