import type { ReplyDraft } from '#domain'
import { checkReply, type GateContext, type GateVerdict } from '#gate'

export const CONTEXT: GateContext = {
  channel: 'x',
  law: { unit: 'x-weighted', limit: 280 },
  known: [],
  links: ['help.harbourlane.example', 'harbourlane.example', 'www.samaritans.org'],
  contacts: ['+44 20 7946 0123', 'care@harbourlane.example', '12 Quay Row, Bristol', '116 123', '@HarbourLane'],
  avoid: ['unfortunately', 'any inconvenience', 'asap'],
}

export function lookAt(
  draft: Partial<ReplyDraft> & Pick<ReplyDraft, 'text'>,
  context: Partial<GateContext> = {},
): GateVerdict {
  return checkReply({ audience: 'public', author: 'agent', sources: [], ...draft }, { ...CONTEXT, ...context })
}

/** What the gate minds, as `rule` or, where it cannot be overridden, `rule!`, with the words it minds. */
export function objections(
  draft: Partial<ReplyDraft> & Pick<ReplyDraft, 'text'>,
  context: Partial<GateContext> = {},
): string[] {
  return lookAt(draft, context).findings.map(
    ({ rule, absolute, start, end }) => `${rule}${absolute ? '!' : ''}: ${draft.text.slice(start, end)}`,
  )
}
