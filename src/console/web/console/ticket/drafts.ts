// What agents have typed and not sent. Each side keeps its own, so that private words never slide into public.
import type { Audience } from '../ask.ts'

const drafts = new Map<string, string>()
const keyOf = (ticket: string, audience: Audience) => `${audience} ${ticket}`

export const readDraft = (ticket: string, audience: Audience): string => drafts.get(keyOf(ticket, audience)) ?? ''

export function keepDraft(ticket: string, audience: Audience, text: string): void {
  if (text) drafts.set(keyOf(ticket, audience), text)
  else drafts.delete(keyOf(ticket, audience))
}
