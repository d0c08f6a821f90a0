// Plays a whole conversation in memory and tells of each turn what it came to.
import type { Content } from '#content'
import type { Dialog } from '#dialog'
import type { Audience, Case, Priority, Reason, Understanding } from '#domain'
import type { TurnContext, TurnResult } from '#turn'
import { openSimulatedConversation } from './conversation.ts'

export type SaidTurn = {
  readonly text: string
  readonly audience: Audience
  /** Seconds since the turn before. */
  readonly after?: number
}

/** What was carried out outside the conversation; of values only the names. */
type Deed =
  | {
      readonly what: 'look-up'
      readonly dialog: string
      readonly values: readonly string[]
      readonly result: 'found' | 'not-found' | 'failed'
    }
  /** A dialog came to its end with these values. */
  | { readonly what: 'dialog'; readonly dialog: string; readonly values: readonly string[] }
  | { readonly what: 'ticket-opened' | 'ticket-updated' | 'ticket-resolved' | 'hide' }

export type ConversedTurn = {
  readonly outcome: string
  readonly reasons: readonly Reason[]
  /** What the words were read as; null where nothing was read, since a person has the case. */
  readonly reading: Understanding | null
  /** The dialog whose question or closing words were said. */
  readonly form: string | null
  /** The article that was answered with; `articles`: all of them. */
  readonly article: string | null
  readonly articles: readonly string[]
  /** The articles of which the customer was asked to choose one. */
  readonly offered: readonly string[]
  readonly replies: readonly { readonly audience: Audience; readonly text: string }[]
  readonly done: readonly Deed[]
  /** The case's ticket that is not resolved. */
  readonly ticket: { readonly team: string; readonly priority: Priority } | null
}

/** A customer takes this long for the next message, where nothing else is said. */
const AFTER_SECONDS = 3

/** Every turn of a conversation; look-ups are made as `context` makes them. */
export async function converse(context: TurnContext, turns: readonly SaidTurn[]): Promise<ConversedTurn[]> {
  let lookUps: Deed[] = []
  const talk = openSimulatedConversation({
    ...context,
    lookUp: async (dialog, form) => {
      const found = await context.lookUp(dialog, form)
      const values = Object.keys(form.values).filter((name) => form.values[name]?.value)
      lookUps.push({ what: 'look-up', dialog: dialog.id, values, result: found.state })
      return found
    },
  })
  const heard: ConversedTurn[] = []
  for (const [index, { text, audience, after = AFTER_SECONDS }] of turns.entries()) {
    lookUps = []
    const result = await talk.hear(text, audience, { directed: true, afterMs: index === 0 ? 0 : after * 1000 })
    heard.push(tell(context.content, result, lookUps))
  }
  return heard
}

function tell(
  content: Content,
  { outcome, reasons, drafts, change }: TurnResult,
  lookUps: readonly Deed[],
): ConversedTurn {
  const { case: after, events = [], effects = [] } = change
  const taken = events.find((event) => event.type === 'turn-taken')
  const form = drafts.find(({ dialog }) => dialog !== undefined)?.dialog
  const dialog = content.dialogs.find(({ id }) => id === form)
  const articles = [...new Set([taken?.article ?? [], ...drafts.map((draft) => draft.articles ?? [])].flat())]
  const { ticket, choice } = after
  const isChoiceOf = (messages: readonly string[] = []) => messages.some((id) => choice?.messages.includes(id))
  return {
    outcome,
    reasons,
    reading: taken?.understanding ?? null,
    form: form ?? null,
    article: articles[0] ?? null,
    articles,
    offered: isChoiceOf(taken?.messages) ? (choice?.articles ?? []) : [],
    replies: drafts.map(({ audience, text }) => ({ audience, text })),
    done: [
      ...lookUps,
      ...(dialog && after.form?.dialog !== form ? [concluded(dialog, after)] : []),
      ...events.flatMap(({ type }): Deed[] =>
        type === 'ticket-opened' || type === 'ticket-updated' || type === 'ticket-resolved' ? [{ what: type }] : [],
      ),
      ...effects.flatMap((effect): Deed[] =>
        effect.do === 'send' && effect.outgoing.type === 'hide' ? [{ what: 'hide' }] : [],
      ),
    ],
    ticket: ticket && ticket.state !== 'resolved' ? { team: ticket.team, priority: ticket.priority } : null,
  }
}

const concluded = ({ id, needs }: Dialog, { facts }: Case): Deed => ({
  what: 'dialog',
  dialog: id,
  values: needs.flatMap(({ name }) => (facts.some((fact) => fact.name === name && fact.value !== '') ? [name] : [])),
})
