// The facts of a turn that a policy may speak of.
import type { Facts } from '#domain'
import { hasWords, wordCount } from '#lib'
import { incidentOf } from '#policy'
import { scoreUnaddressed } from '#understanding'
import type { TurnInput } from './context.ts'

/** What a turn is about: of articles only one that answers it, or nearly. */
export function topicOf({ words, dialog, content, finding, knowledge }: TurnInput) {
  const near = knowledge === 'none' ? undefined : finding.ranking[0]?.article
  const article = content.articles.find((one) => one.id === near)
  return { text: words, topic: dialog?.topic ?? article?.topic ?? 'none', article: article?.id ?? 'none' }
}

/** Whether somebody who did not address us is glad of help; nobody asks where the brand does not look for them. */
function weighed({ directed, content, words, understanding, aside }: TurnInput): Facts {
  const { proactive } = content.brand
  if (directed || !proactive) return {}
  const { terms, not } = proactive
  const { helpable, against } = scoreUnaddressed({ text: words, understanding, aside, terms, not })
  return { helpable, 'leave-alone': against }
}

/** For how long what a person promised is what the customer most likely asks about. */
const PROMISE_MS = 14 * 86_400_000
const isFresh = (promise: TurnInput['current']['promises'][number] | undefined, now: number): boolean =>
  promise !== undefined && now - promise.at < PROMISE_MS

/** The facts that a policy may speak of. */
export function factsOf(input: TurnInput): Facts {
  const { current, understanding, dialog, content, messages } = input
  const heard = topicOf(input)
  const amount = current.facts.find((fact) => fact.name === 'amount')
  const order = current.facts.find((fact) => fact.name === 'order-number')
  // The same offer, said on another channel, is one offer.
  const sums = (current.offers ?? []).flatMap(({ kind, amount: sum }) => (kind === 'compensation' ? [sum] : []))
  return {
    channel: current.customer.channel,
    audience: input.audience,
    intent: dialog?.id ?? 'none',
    topic: heard.topic,
    personal: dialog?.personal ?? false,
    knowledge: input.knowledge,
    article: heard.article,
    incident: incidentOf(content.incidents, heard, input.said.today),
    form: input.audience === 'private' && current.form !== undefined,
    complaint: understanding.complaint,
    sentiment: understanding.sentiment,
    urgency: understanding.urgency,
    language: understanding.language === 'und' ? (content.brand.languages[0] ?? 'en') : understanding.language,
    signals: understanding.signals,
    'private-data': [...new Set(understanding.privateData.map((span) => span.type))],
    'wants-human': understanding.wantsHuman,
    directed: input.directed,
    ...weighed(input),
    reach: current.customer.reach ?? 0,
    contacts: current.turns,
    failures: current.failures,
    strikes: current.strikes + (understanding.signals.includes('abuse') ? 1 : 0),
    attachments: messages.reduce((sum, message) => sum + (message.attachments ?? 0), 0),
    'attachment-kinds': [...new Set(messages.flatMap((message) => message.attachmentKinds ?? []))],
    words: hasWords(input.words),
    'word-count': wordCount(input.words),
    hours: input.duty.open ? 'open' : 'closed',
    promised: isFresh(current.promises.at(-1), input.now),
    'opted-out': current.optedOut === true,
    offered: Math.max(0, ...sums),
    ...(order ? { 'order-number': order.value } : {}),
    ...(amount ? { amount: Number(amount.value) } : {}),
  }
}
