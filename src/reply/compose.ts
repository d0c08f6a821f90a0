// Composes a reply: voice, introduction, gate, route, effect. The only way to say something.

import { type Content, gateContextOf } from '#content'
import {
  type Audience,
  type AuthorKind,
  type Case,
  type ChannelCapabilities,
  type HistoryEvent,
  type Message,
  type Outgoing,
  type ReplyDraft,
  type SendEffect,
  timelineOf,
} from '#domain'
import {
  canDisclose,
  checkReply,
  findOffers,
  type GateContext,
  type GateFinding,
  type Known,
  publicSource,
} from '#gate'
import { textLength } from '#lib'
import { applyVoice, introductionOf, localDate, type VoiceScope, voiceOf } from '#policy'
import { findPrivateData } from '#privacy'
import type { FindOwners } from '#redis/store'
import { chooseRoute } from './route.ts'

type Saying = {
  /** What the case remembers once this is said. */
  readonly remembered: Pick<Case, 'offers' | 'introduced'>
  /** As it is sent. */
  readonly text: string
  readonly effect: SendEffect
  readonly events: readonly HistoryEvent[]
}

export type ComposedReply =
  | { readonly said: Saying }
  | { readonly blocked: readonly GateFinding[]; readonly event: HistoryEvent }
  | { readonly closed: string }

export type ComposeContext = {
  readonly content: Content
  readonly law: ChannelCapabilities
  /** Keys and passwords of this installation, which nobody is told. */
  readonly keys: readonly string[]
  /** Knows what other customers have told. */
  readonly recognise: FindOwners
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
function knownOf(current: Case, history: readonly HistoryEvent[]): Known[] {
  const { name } = current.customer
  // A first name is how people are greeted; the full name is theirs to show.
  const fullName = name && /\s/.test(name) ? [{ name: 'name', value: name }] : []
  const said = current.said.filter(({ value }) => !current.facts.some((fact) => fact.value === value))
  const facts = current.facts.map(({ name, value, message }) => ({ name, value, lookedUp: message === undefined }))
  const notes = history.flatMap((event) => (event.type === 'note-added' ? [event.text] : []))
  const values = [...facts, ...said]
  const texts = [...notes, ...current.promises.map(({ text }) => text), ...values.map(({ value }) => value)]
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
  current: Case,
  { channel, audience, language }: VoiceScope,
  avoided: readonly string[],
  speaking: ComposeContext,
): GateContext {
  const { content, law, keys, history, now } = speaking
  const base = gateContextOf(content)
  const messages = timelineOf(history).filter(({ deleted }) => !deleted)
  const wordsOf = (who: AuthorKind, where: Audience) =>
    messages
      .filter(({ authorKind, conversation }) => authorKind === who && conversation.audience === where)
      .map(({ text }) => text)
  return {
    channel,
    law: law[audience],
    known: knownOf(current, history),
    heard: wordsOf('customer', 'public'),
    others: wordsOf('bystander', 'public'),
    keys,
    ...base,
    avoid: [...base.avoid, ...avoided],
    offered: current.offers ?? [],
    languages: [...new Set([...base.languages, language])],
    today: localDate(content.brand, now),
    override: speaking.override,
  }
}

/** Where it is said, and in the language that the customer speaks; the brand's first if none was heard. */
function placeOf(
  { customer }: Case,
  { audience }: ReplyDraft,
  { content, history, language }: ComposeContext,
): VoiceScope {
  const [first = 'en'] = content.brand.languages
  const last = history.findLast((event) => event.type === 'turn-taken' && event.understanding !== undefined)
  const heard = language ?? (last?.type === 'turn-taken' ? last.understanding?.language : undefined)
  return { channel: customer.channel, audience, language: !heard || heard === 'und' ? first : heard }
}

/** The bot's first words to an audience of a case say what it is. */
function introduced(current: Case, words: ReplyDraft, { brand }: Content): ReplyDraft {
  const { audience } = words
  if (current.introduced?.includes(audience)) return words
  const introduction = introductionOf(brand, audience, current.introduced ?? [])
  if (introduction === undefined) return words
  const text = `${introduction}${audience === 'public' ? ' ' : '\n\n'}${words.text}`
  return { ...words, text, sources: [...words.sources, ...publicSource(introduction)] }
}

/** The bot's words in the brand's voice; a form's own words stay as they are, but for how they end. */
function spokenIn(tone: ReturnType<typeof voiceOf>, draft: ReplyDraft, law: ChannelCapabilities): ReplyDraft {
  const size = law[draft.audience]
  const own = draft.author === 'form' ? { ...tone, say: {} } : tone
  return { ...draft, text: applyVoice(draft.text, own, (text) => !size || textLength(text, size.unit) <= size.limit) }
}

/** Looks at the draft through the gate and addresses it. Ids, time and what others have told are given. */
export async function composeReply(current: Case, words: ReplyDraft, speaking: ComposeContext): Promise<ComposedReply> {
  const { content, law, id, by, now } = speaking
  const place = placeOf(current, words, speaking)
  const tone = voiceOf(content.brand.voice, place)
  const isBot = by === 'bot' && words.author !== 'agent'
  const draft = isBot ? spokenIn(tone, introduced(current, words, content), law) : words
  const at = chooseRoute(current, draft.audience, law, now)
  if ('closed' in at) return at
  const there = current.conversations.find(({ id }) => id === at.conversation.id)
  if (by === 'bot' && law.unasked && there?.undirected) {
    return { closed: 'they did not address us, and this network lets only people answer' }
  }
  const context = contextOf(current, place, tone.avoid ?? [], speaking)
  const strangers = await speaking.recognise(current.customer.id, canDisclose(draft, context))
  const seen = checkReply(draft, { ...context, strangers })
  if (seen.verdict === 'block') {
    const findings = seen.findings.map(({ rule, because }) => ({ rule, because }))
    return { blocked: seen.findings, event: { at: now, type: 'gate-blocked', findings, by } }
  }
  const titles = (draft.quickReplies ?? []).map((title) =>
    checkReply({ ...draft, text: title, sources: publicSource(title) }, { ...context, strangers }),
  )
  const quickReplies = titles.flatMap((title) =>
    title.verdict === 'pass' && title.audience === 'private' ? [title.text] : [],
  )
  // One button alone would be no choice.
  const isWhole = quickReplies.length > 0 && quickReplies.length === titles.length
  const { customer } = current
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
  const offers = findOffers(seen.text, context)
  const { version } = content
  const isFirst = isBot && !current.introduced?.includes(draft.audience)
  return {
    said: {
      remembered: {
        ...(offers.length > 0 ? { offers: [...(current.offers ?? []), ...offers] } : {}),
        ...(isFirst ? { introduced: [...(current.introduced ?? []), draft.audience] } : {}),
      },
      text: seen.text,
      effect: {
        schema: 1,
        id,
        caseId: current.id,
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
