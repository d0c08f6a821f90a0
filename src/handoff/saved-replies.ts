// Saved replies for a ticket: those that fit it, with what is known of it filled in. Pure.
import { type Content, factKinds, gapOf } from '#content'
import { showDate } from '#lib'
import type { SavedReply } from '#policy'
import type { PrivateSpan } from '#privacy'
import { maskedSpans } from './pii-masking.ts'
import type { Ticket } from './ticket-view.ts'

export type FilledReply = Pick<SavedReply, 'id' | 'name' | 'shortcut' | 'audience' | 'also'> & {
  readonly text: string
  /** What of the text is masked until somebody has it shown. */
  readonly private: readonly PrivateSpan[]
}

/** What the brief calls a value that a customer gave outside of a form, by the kind that a form asks for. */
const GIVEN_AS: Readonly<Record<string, string>> = { order: 'order', email: 'e-mail', phone: 'phone', name: 'name' }

/** By their first name, if it looks like one: networks let people call themselves anything. */
const FIRST_NAME = /^[\p{L}\p{M}'’-]{2,30}(?=\s|$)/u

export function repliesFor(
  { savedReplies, dialogs }: Pick<Content, 'savedReplies' | 'dialogs'>,
  ticket: Pick<Ticket, 'customer' | 'language'> & { readonly brief: Pick<Ticket['brief'], 'facts'> },
  agent: { readonly name: string },
): readonly FilledReply[] {
  const kinds = factKinds(dialogs)
  const people = { customer: FIRST_NAME.exec(ticket.customer.name)?.[0], agent: agent.name }
  const fits = ({ channels, language }: SavedReply) =>
    (channels?.includes(ticket.customer.channel) ?? true) &&
    (language === undefined || ticket.language === undefined || language === ticket.language)

  function factOf(name: string): string | undefined {
    const { facts } = ticket.brief
    const kind = kinds[name] ?? ''
    const named = facts.find((fact) => fact.name === name)?.value
    const given = new Set(facts.flatMap((fact) => (fact.name === GIVEN_AS[kind] ? [fact.value] : [])))
    // Of two order numbers nobody knows which one is meant.
    const value = named ?? (given.size === 1 ? [...given][0] : undefined)
    if (value === undefined || value === '') return undefined
    if (kind === 'yes-no') return value === 'true' ? 'yes' : value === 'false' ? 'no' : value
    return kind === 'date' ? showDate(value) : value
  }

  return savedReplies.filter(fits).map(({ id, name, shortcut, audience, also, text: template }) => {
    const text = template.replace(/\{([^{}]*)\}/g, (_, variable: string) => {
      if (variable === 'customer' || variable === 'agent') return people[variable] ?? gapOf(variable)
      return (audience === 'private' ? factOf(variable) : undefined) ?? gapOf(variable)
    })
    return {
      ...{ id, name, audience, text, private: maskedSpans(text) },
      ...(shortcut ? { shortcut } : {}),
      ...(also ? { also } : {}),
    }
  })
}
