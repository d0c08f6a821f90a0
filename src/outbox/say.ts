// The only way to say something: the draft passes the gate, gets its address, and becomes an effect.
import type { Case } from '#case'
import type { Content } from '#content'
import type { Audience, ChannelLaw, Draft, Message, Outgoing } from '#conversation'
import { type GateFinding, look, measure } from '#gate'
import type { HistoryEvent } from '#inbox'
import { inVoice, type Place, voiceOf } from '#policy'
import { address } from './address.ts'
import type { SendEffect } from './effect.ts'

type Saying = {
  /** As it is sent. */
  readonly text: string
  readonly effect: SendEffect
  readonly events: readonly HistoryEvent[]
}

export type Said =
  | { readonly said: Saying }
  | { readonly blocked: readonly GateFinding[]; readonly event: HistoryEvent }
  | { readonly closed: string }

export type Speaking = {
  readonly content: Content
  readonly law: ChannelLaw
  /** A new effect's id. */
  readonly id: string
  /** `bot`, or an agent's e-mail. */
  readonly by: string
  readonly now: number
  /** The language that the customer speaks now; absent: the brand's first. */
  readonly language?: string
  readonly inviteToPrivate?: boolean
  /** An agent's reason for sending despite findings. */
  readonly override?: string
}

/** Values that must never appear in public: what is known of this customer, wherever they said it. */
function knownOf(given: Case, audience: Audience) {
  const { name } = given.customer
  // A first name is how people are greeted; the full name is theirs to show.
  const fullName = name && /\s/.test(name) ? [{ name: 'name', value: name }] : []
  const said = given.said.filter(({ value }) => !given.facts.some((fact) => fact.value === value))
  return audience === 'public' ? [...given.facts, ...said, ...fullName] : []
}

function placeOf({ customer }: Case, { audience }: Draft, { content, language }: Speaking): Place {
  const [first = 'en'] = content.brand.languages
  return { channel: customer.channel, audience, language: !language || language === 'und' ? first : language }
}

/** The bot's words in the brand's voice; a form's own words stay as they are, but for how they end. */
function spokenIn(tone: ReturnType<typeof voiceOf>, draft: Draft, law: ChannelLaw): Draft {
  const size = law[draft.audience]
  const own = draft.author === 'form' ? { ...tone, say: {} } : tone
  return { ...draft, text: inVoice(draft.text, own, (text) => !size || measure(text, size.unit) <= size.limit) }
}

/** Looks at the draft through the gate and addresses it. Pure but for nothing: ids and time are given. */
export function say(given: Case, words: Draft, speaking: Speaking): Said {
  const { content, law, id, by, now } = speaking
  const tone = voiceOf(content.brand.voice, placeOf(given, words, speaking))
  const draft = by === 'bot' ? spokenIn(tone, words, law) : words
  const at = address(given, draft.audience, law)
  if ('closed' in at) return at
  const seen = look(draft, {
    channel: given.customer.channel,
    law: law[draft.audience],
    known: knownOf(given, draft.audience),
    links: content.brand.links,
    contacts: content.brand.contacts,
    avoid: [...content.brand.avoid, ...(tone.avoid ?? [])],
    override: speaking.override,
  })
  if (seen.verdict === 'block') {
    const findings = seen.findings.map(({ rule, because }) => ({ rule, because }))
    return { blocked: seen.findings, event: { at: now, type: 'gate-blocked', findings, by } }
  }
  const { customer } = given
  const writer = by === 'bot' ? 'bot' : 'agent'
  const inviteToPrivate = speaking.inviteToPrivate ?? false
  let outgoing: Outgoing
  if (seen.audience === 'public' && at.type === 'public-reply') {
    outgoing = { ...at, effect: id, customer, text: seen.text, inviteToPrivate, by: writer }
  } else if (seen.audience === 'private' && at.type === 'private-message') {
    outgoing = { ...at, effect: id, customer, text: seen.text, by: writer }
  } else if (seen.audience === 'private' && at.type === 'private-reply') {
    outgoing = { type: at.type, inReplyTo: at.inReplyTo, effect: id, customer, text: seen.text }
  } else {
    throw new Error(`a ${seen.audience} text cannot go to a ${at.type}`)
  }
  const message: Message = {
    id: `effect:${id}`,
    conversation: at.conversation,
    author: by === 'bot' ? content.brand.assistant : by,
    authorKind: writer,
    text: seen.text,
    at: now,
    ...('inReplyTo' in at ? { replyTo: at.inReplyTo } : {}),
  }
  const sources = draft.articles ?? []
  const { version } = content
  const overridden: HistoryEvent[] = speaking.override
    ? [
        {
          at: now,
          type: 'gate-overridden',
          findings: seen.findings.map(({ rule }) => ({ rule })),
          by,
          reason: speaking.override,
        },
      ]
    : []
  return {
    said: {
      text: seen.text,
      effect: { schema: 1, id, caseId: given.id, epoch: 0, by, madeAt: now, do: 'send', outgoing, sources, version },
      events: [{ at: now, type: 'message-queued', effect: id, message, sources, version }, ...overridden],
    },
  }
}
