// What the gate says to a reply while it is typed.
import { useEffect, useState } from 'react'
import { type Audience, ask, type ReplyCheck } from '../api-client.ts'

const PAUSE_MS = 400

export const checkReply = (ticket: string, text: string, audience: Audience): Promise<ReplyCheck> =>
  ask<ReplyCheck>('POST', `/api/tickets/${encodeURIComponent(ticket)}/check`, { text, audience })

export type Checked = ReplyCheck & { readonly text: string }

/** The last answer, and the text that it is about; a moment after the last key. */
export function useCheck(ticket: string, text: string, audience: Audience, on: boolean): Checked | undefined {
  const [checked, setChecked] = useState<Checked & { audience: Audience }>()
  useEffect(() => {
    if (!on) return
    let overtaken = false
    const timer = setTimeout(() => {
      checkReply(ticket, text, audience).then(
        (answer) => !overtaken && setChecked({ ...answer, text, audience }),
        // Sending says the same again.
        () => {},
      )
    }, PAUSE_MS)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [ticket, text, audience, on])
  return checked?.audience === audience ? checked : undefined
}
