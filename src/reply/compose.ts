// The only way to say something: the draft passes the gate, gets its address, and becomes an effect.

import { type Content, gateContextOf } from '#content'
import {
  type Audience,
  type AuthorKind,
  type Case,
  type ChannelLaw,
  type Draft,
  type HistoryEvent,
  type Message,
  messagesOf,
  type Outgoing,
  type SendEffect,
} from '#domain'
import { type GateContext, type GateFinding, type Known, look, mayTellOf, offersIn, openly } from '#gate'
import { measure } from '#lib'
import { introductionOf, inVoice, type Place, todayOf, voiceOf } from '#policy'
import { findPrivateData } from '#privacy'
import type { Recognise } from '#redis/store'
import { address } from './route.ts'

type Saying = {
  /** What the case remembers once this is said. */
  readonly remembered: Pick<Case, 'offers' | 'introduced'>
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
  /** Keys and passwords of this installation, which nobody is told. */
  readonly keys: readonly string[]
  /** Knows what other customers have told. */
  readonly recognise: Recognise
  /** A new effect's id. */
  readonly id: string
  /** `bot`, or an agent's e-mail. */
  readonly by: string
  readonly now: number
  /** What happened in the customer's cases so far. */
  readonly history: readonly HistoryEvent[]
  /** The language that the customer speaks now; absent: the one they spoke last. */
  readonly language?: string
  readonly inviteToPrivate?: boolean
  /** An agent's reason for sending despite findings. */
  readonly override?: string
}

/** Kinds of values of which parts tell something too, whatever the question was called that they answer. */
const IN_PARTS = new Set(['address', 'name'])

/** What is known of this customer, wherever they said it, or a service, colleagues' notes or promises did. */
function knownOf(given: Case, history: readonly HistoryEvent[]): Known[] {
  const { name } = given.customer
  // A first name is how people are greeted; the full name is theirs to show.
  const fullName = name && /\s/.test(name) ? [{ name: 'name', value: name }] : []
  const said = given.said.filter(({ value }) => !given.facts.some((fact) => fact.value === value))
  const facts = given.facts.map(({ name, value, message }) => ({ name, value, lookedUp: message === undefined }))
  const notes = history.flatMap((event) => (event.type === 'note-added' ? [event.text] : []))
  const values = [...facts, ...said]
  const texts = [...notes, ...given.promises.map(({ text }) => text), ...values.map(({ value }) => value)]
  const found = texts.flatMap((text) =>
    findPrivateData(text)
      .map(({ type, start, end }) => ({ name: type, value: text.slice(start, end) }))
      .filter(({ name }) => name !== 'handle')
      .filter(
        ({ name, value }) => !values.some((one) => one.value === value && (one.name === name || !IN_PARTS.has(name))),
      ),
  )
  return [...values, ...fullName, ...found]
}

/** What the gate has to know of the case, the brand and the channel. */
function contextOf(
  given: Case,
  { channel, audience, language }: Place,
  avoided: readonly string[],
  speaking: Speaking,
): GateContext {
  const { content, law, keys, history, now } = speaking
  const house = gateContextOf(content)
  const messages = messagesOf(history).filter(({ deleted }) => !deleted)
  const wordsOf = (who: AuthorKind, where: Audience) =>
    messages
      .filter(({ authorKind, conversation }) => authorKind === who && conversation.audience === where)
      .map(({ text }) => text)
  return {
    channel,
    law: law[audience],
    known: knownOf(given, history),
    heard: wordsOf('customer', 'public'),
    others: wordsOf('bystander', 'public'),
    keys,
    ...house,
    avoid: [...house.avoid, ...avoided],
    offered: given.offers ?? [],
    languages: [...new Set([...house.languages, language])],
    today: todayOf(content.brand, now),
    override: speaking.override,
  }
}

/** Where it is said, and in the language that the customer speaks; the brand's first if none was heard. */
function placeOf({ customer }: Case, { audience }: Draft, { content, history, language }: Speaking): Place {
  const [first = 'en'] = content.brand.languages
  const last = history.findLast((event) => event.type === 'turn-taken' && event.understanding !== undefined)
  const heard = language ?? (last?.type === 'turn-taken' ? last.understanding?.language : undefined)
  return { channel: customer.channel, audience, language: !heard || heard === 'und' ? first : heard }
}

/** The bot's first words to an audience of a case say what it is. */
function introduced(given: Case, words: Draft, { brand }: Content): Draft {
  const { audience } = words
  if (given.introduced?.includes(audience)) return words
  const introduction = introductionOf(brand, audience)
  const text = `${introduction}${audience === 'public' ? ' ' : '\n\n'}${words.text}`
  return { ...words, text, sources: [...words.sources, ...openly(introduction)] }
}

/** The bot's words in the brand's voice; a form's own words stay as they are, but for how they end. */
function spokenIn(tone: ReturnType<typeof voiceOf>, draft: Draft, law: ChannelLaw): Draft {
  const size = law[draft.audience]
  const own = draft.author === 'form' ? { ...tone, say: {} } : tone
  return { ...draft, text: inVoice(draft.text, own, (text) => !size || measure(text, size.unit) <= size.limit) }
}

/** Looks at the draft through the gate and addresses it. Ids, time and what others have told are given. */
export async function say(given: Case, words: Draft, speaking: Speaking): Promise<Said> {
  const { content, law, id, by, now } = speaking
  const place = placeOf(given, words, speaking)
  const tone = voiceOf(content.brand.voice, place)
  const isBot = by === 'bot' && words.author !== 'agent'
  const draft = isBot ? spokenIn(tone, introduced(given, words, content), law) : words
  const at = address(given, draft.audience, law, now)
  if ('closed' in at) return at
  const there = given.conversations.find(({ id }) => id === at.conversation.id)
  if (by === 'bot' && law.unasked && there?.undirected) {
    return { closed: 'they did not address us, and this network lets only people answer' }
  }
  const context = contextOf(given, place, tone.avoid ?? [], speaking)
  const strangers = await speaking.recognise(given.customer.id, mayTellOf(draft, context))
  const seen = look(draft, { ...context, strangers })
  if (seen.verdict === 'block') {
    const findings = seen.findings.map(({ rule, because }) => ({ rule, because }))
    return { blocked: seen.findings, event: { at: now, type: 'gate-blocked', findings, by } }
  }
  const titles = (draft.quickReplies ?? []).map((title) =>
    look({ ...draft, text: title, sources: openly(title) }, { ...context, strangers }),
  )
  const quickReplies = titles.flatMap((title) =>
    title.verdict === 'pass' && title.audience === 'private' ? [title.text] : [],
  )
  // One button alone would be no choice.
  const isWhole = quickReplies.length > 0 && quickReplies.length === titles.length
  const { customer } = given
  const writer = by === 'bot' ? 'bot' : 'agent'
  const inviteToPrivate = speaking.inviteToPrivate ?? false
  let outgoing: Outgoing
  if (seen.audience === 'public' && at.type === 'public-reply') {
    outgoing = { ...at, effect: id, customer, text: seen.text, inviteToPrivate, by: writer }
  } else if (seen.audience === 'private' && at.type === 'private-message') {
    outgoing = { ...at, effect: id, customer, text: seen.text, by: writer, ...(isWhole && { quickReplies }) }
  } else if (seen.audience === 'private' && at.type === 'private-reply') {
    outgoing = { type: at.type, inReplyTo: at.inReplyTo, effect: id, customer, text: seen.text }
  } else {
    throw new Error(`a ${seen.audience} text cannot go to a ${at.type}`)
  }
  const privateData = findPrivateData(seen.text)
  const message: Message = {
    id: `effect:${id}`,
    conversation: at.conversation,
    author: by === 'bot' ? content.brand.assistant : by,
    authorKind: writer,
    text: seen.text,
    privateData,
    at: now,
    ...('inReplyTo' in at ? { replyTo: at.inReplyTo } : {}),
  }
  const sources = draft.articles ?? []
  const findings = seen.findings.map(({ rule }) => ({ rule }))
  const overridden: HistoryEvent[] =
    speaking.override && findings.length > 0
      ? [{ at: now, type: 'gate-overridden', findings, by, reason: speaking.override }]
      : []
  const offers = offersIn(seen.text, context)
  const { version } = content
  const isFirst = isBot && !given.introduced?.includes(draft.audience)
  return {
    said: {
      remembered: {
        ...(offers.length > 0 ? { offers: [...(given.offers ?? []), ...offers] } : {}),
        ...(isFirst ? { introduced: [...(given.introduced ?? []), draft.audience] } : {}),
      },
      text: seen.text,
      effect: {
        schema: 1,
        id,
        caseId: given.id,
        epoch: 0,
        by,
        madeAt: now,
        do: 'send',
        outgoing,
        privateData,
        sources,
        version,
      },
      events: [{ at: now, type: 'message-queued', effect: id, message, sources, version }, ...overridden],
    },
  }
}
