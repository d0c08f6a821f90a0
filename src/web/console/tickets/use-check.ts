// What the gate says to a reply while it is typed.
import { useEffect, useState } from 'react'
import { type Audience, ask, type ReplyCheck } from '../api-client.ts'

const PAUSE_MS = 400

export type Checking = {
  readonly ticket: string
  readonly text: string
  readonly audience: Audience
  /** To whom, where others are merged into the ticket. */
  readonly part?: string
}

export const checkReply = ({ ticket, ...written }: Checking): Promise<ReplyCheck> =>
  ask<ReplyCheck>('POST', `/api/tickets/${encodeURIComponent(ticket)}/check`, written)

export type Checked = ReplyCheck & { readonly text: string }

/** The last answer, and the text that it is about; a moment after the last key. */
export function useCheck({ ticket, text, audience, part }: Checking, on: boolean): Checked | undefined {
  const [checked, setChecked] = useState<Checked & { audience: Audience }>()
  useEffect(() => {
    if (!on) return
    let overtaken = false
    const timer = setTimeout(() => {
      checkReply({ ticket, text, audience, ...(part ? { part } : {}) }).then(
        (answer) => !overtaken && setChecked({ ...answer, text, audience }),
        // Sending says the same again.
        () => {},
      )
    }, PAUSE_MS)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [ticket, text, audience, part, on])
  return checked?.audience === audience ? checked : undefined
}
