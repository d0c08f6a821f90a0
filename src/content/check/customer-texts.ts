// Lists every text of the content that customers may get, with its place and example values.
import type { Audience, ChannelName, ReplyDraft } from '#domain'
import { privateSource, publicSource } from '#gate'
import { placeholders } from './texts.ts'

/** A text as it is sent, but for the brand's voice. An article is composed for each network: only its id is here. */
export type OutgoingText = {
  readonly file: string
  readonly line: number
  /** Where it may be said. */
  readonly where: readonly { readonly channel: ChannelName; readonly audience: Audience }[]
} & ({ readonly draft: Omit<ReplyDraft, 'audience'> } | { readonly article: string })

/** What may stand for a placeholder, by its name or by the kind of value that it takes. */
const SAMPLES: { readonly [name: string]: string } = {
  opens: 'tomorrow at 08:00',
  promise: 'A colleague rings you back.',
  ask: 'What is it about?',
  first: 'How to return something',
  second: 'What delivery costs',
  order: 'AB-12345',
  email: 'ana@example.com',
  phone: '020 7946 0000',
  address: '1 High Street, Leeds LS1 4AP',
  name: 'Ana Example',
  date: '2026-12-01',
  number: '2',
  customer: 'Ana',
  agent: 'Sam',
}

/** `kinds`: what each placeholder takes, as `order` or `date`. */
function filledIn(text: string, kinds: { readonly [name: string]: string } = {}): { text: string; values: string[] } {
  const values = placeholders(text).map((name) => SAMPLES[kinds[name] ?? ''] ?? SAMPLES[name] ?? 'the oak table')
  const rest = [...values]
  return { text: text.replace(/\{[^{}]*\}/g, () => rest.shift() ?? ''), values }
}

/** A sentence of the brand's own. */
export function templateDraft(template: string): Omit<ReplyDraft, 'audience'> {
  const { text, values } = filledIn(template)
  return { text, author: 'template', sources: publicSource(template, ...values) }
}

/** A sentence of a form: what is filled in is the customer's own. */
export function formDraft(template: string, kinds: { readonly [name: string]: string }): Omit<ReplyDraft, 'audience'> {
  const { text } = filledIn(template, kinds)
  return { text, author: 'form', sources: privateSource(text) }
}

/** A sentence that an agent sends: what is filled in is the customer's own. */
export function agentDraft(template: string, kinds: { readonly [name: string]: string }): Omit<ReplyDraft, 'audience'> {
  const { text } = filledIn(template, kinds)
  return { text, author: 'agent', sources: [] }
}
