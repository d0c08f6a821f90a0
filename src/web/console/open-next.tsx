// Once a ticket is done with, the next one of the list opens, if the agent likes that.
import { useEffect, useRef, useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { CheckMark } from '../ui/checkbox.tsx'

const KEY = 'warmline-open-next'
const isWanted = (): boolean => localStorage.getItem(KEY) !== 'off'

const listeners = new Set<(ticket: string) => void>()

/** Says that this person is done with a ticket. */
export function leaveTicket(ticket: string): void {
  if (isWanted()) for (const listener of listeners) listener(ticket)
}

/** Calls back with the ticket that is left. */
export function useLeftTicket(listener: (ticket: string) => void): void {
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    const one = (ticket: string) => latest.current(ticket)
    listeners.add(one)
    return () => {
      listeners.delete(one)
    }
  }, [])
}

/** The choice, for this browser. */
export function OpenNextCheck() {
  const [wanted, setWanted] = useState(isWanted)
  const put = (next: boolean) => {
    localStorage.setItem(KEY, next ? 'on' : 'off')
    setWanted(next)
  }
  return (
    <Checkbox className="check" isSelected={wanted} onChange={put}>
      <CheckMark /> Then open the next ticket of the list
    </Checkbox>
  )
}
