// Runs the examples of a content: policies' examples, dialogs' transcripts, articles' questions.
import { type Example, gateContextOf, type Problem } from '#content'
import type { Action, Dialog } from '#dialog'
import { CHANNELS, type Form } from '#domain'
import { checkReply } from '#gate'
import { confidenceThreshold, decide, isAbout, localDate, type PolicyExample } from '#policy'
import { factsOf, type LookUpResult, lookUp, type TurnContext, topicOf } from '#turn'
import { openSimulatedConversation, simulateInput } from './conversation.ts'

/** A Tuesday at noon in London: examples mean the same on every day, and people are on duty. */
const EXAMPLE_TIME = Date.UTC(2026, 10, 24, 12)

/** What an example shows to be otherwise than the content says; nothing when it holds. */
export async function tryExample(context: TurnContext, example: Example): Promise<string | undefined> {
  const then: TurnContext = { ...context, now: () => EXAMPLE_TIME }
  switch (example.kind) {
    case 'policy':
      return tryPolicy(then, example.example)
    case 'incident':
      return tryIncident(then, example)
    case 'signal':
      return trySignal(then, example)
    case 'transcript':
      return tryTranscript(then, example.dialog, example.example)
    case 'phrase':
      return tryPhrase(then, example)
    case 'question':
      return tryQuestion(then, example)
  }
}

/** The name of an example, for a list of results. */
export function titleOf(example: Example): string {
  switch (example.kind) {
    case 'policy': {
      const { says, reply, given, expect } = example.example
      if (reply !== undefined) return `the reply “${reply}”: ${expect.verdict}`
      return `${says ? `“${says}” ` : ''}${JSON.stringify(given)}: ${expect.verdict}`
    }
    case 'incident':
      return `“${example.says}” is ${example.about ? '' : 'not '}about the incident \`${example.incident.id}\``
    case 'signal':
      return `“${example.says}” is ${example.heard ? '' : 'not '}heard as \`${example.signal}\``
    case 'transcript':
      return `${example.dialog.title}: ${example.example.title}`
    case 'phrase':
      return `“${example.phrase}” wants \`${example.dialog.id}\``
    case 'question':
      return `“${example.question}” ${example.wins ? 'finds' : 'does not find'} \`${example.article}\``
  }
}

async function tryPolicy(context: TurnContext, example: PolicyExample): Promise<string | undefined> {
  if (example.reply !== undefined) return tryReply(context, example, example.reply)
  const { says, given, expect } = example
  const audience = given.audience === 'private' ? 'private' : 'public'
  const channel = CHANNELS.find((name) => name === given.channel) ?? 'playground'
  const heard =
    says === undefined
      ? {}
      : factsOf(await simulateInput(context, says, audience, channel, { directed: given.directed !== false }))
  const facts = Object.entries(given).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : value])
  const decision = decide(context.content, { ...heard, ...Object.fromEntries(facts) })
  const [first] = decision.reasons
  const why = `${decision.verdict} because of \`${first?.rule}\``
  const understood = says === undefined ? '' : `; understood: ${JSON.stringify(heard)}`
  if (decision.verdict !== expect.verdict)
    return `expected ${expect.verdict}${expect.because ? ` because of \`${expect.because}\`` : ''}, but it is ${why}${understood}`
  const deciding = decision.reasons.filter(
    ({ rule, doubts }) => doubts || context.content.rules.find(({ id }) => id === rule)?.then === decision.verdict,
  )
  return expect.because === undefined || deciding.some(({ rule }) => rule === expect.because)
    ? undefined
    : `expected it because of \`${expect.because}\`, but it is because of \`${first?.rule}\`${understood}`
}

/** What an agent would write in public, as the gate sees it: it may be sent, or a rule keeps its matter private. */
function tryReply({ content, law }: TurnContext, { given, expect }: PolicyExample, text: string): string | undefined {
  const channel = CHANNELS.find((name) => name === given.channel) ?? 'playground'
  const { public: size } = law(channel)
  const today = localDate(content.brand, EXAMPLE_TIME)
  const context = { ...gateContextOf(content), channel, today, known: [], ...(size && { law: size }) }
  const { findings } = checkReply({ text, audience: 'public', author: 'agent', sources: [] }, context)
  const ids = findings.map(({ rule }) => rule)
  const isKept = (id: string) => content.rules.some((rule) => rule.id === id)
  const verdict = ids.some(isKept) ? 'move-to-private' : 'answer'
  const why = ids.length > 0 ? ` because of ${ids.map((id) => `\`${id}\``).join(', ')}` : ''
  if (verdict !== expect.verdict) return `expected ${expect.verdict} for this reply, but it is ${verdict}${why}`
  const { because } = expect
  if (because !== undefined && !ids.includes(because)) return `expected it because of \`${because}\`, but it is${why}`
  return verdict === 'answer' && ids.length > 0
    ? `expected that it may be sent, but the gate stops it${why}`
    : undefined
}

async function tryIncident(
  context: TurnContext,
  { incident, says, about }: Extract<Example, { kind: 'incident' }>,
): Promise<string | undefined> {
  const heard = topicOf(await simulateInput(context, says, 'public', 'playground'))
  if (isAbout(incident, heard) === about) return undefined
  return `“${says}” is ${about ? 'not ' : ''}taken to be about the incident \`${incident.id}\`; topic ${heard.topic}, article ${heard.article}`
}

async function trySignal(
  { understand }: TurnContext,
  { signal, says, heard }: Extract<Example, { kind: 'signal' }>,
): Promise<string | undefined> {
  const { signals } = await understand({ text: says, audience: 'private', channel: 'playground', history: [] })
  if (signals.includes(signal) === heard) return undefined
  return `“${says}” is ${heard ? 'not heard' : 'heard'} as \`${signal}\``
}

/** The lines of signals that no other line of theirs teaches to hear, each with its place; learnt anew without each of them. */
export async function unheardLines(
  { signals }: TurnContext,
  examples: readonly Example[],
): Promise<readonly Problem[]> {
  const weak = new Map(
    ((await signals?.()) ?? []).map(({ id, says }) => [
      id,
      new Set(says.flatMap(({ text, heardLeftOut }) => (heardLeftOut ? [] : text))),
    ]),
  )
  return examples.flatMap((example): Problem[] => {
    if (example.kind !== 'signal' || !example.heard || !weak.get(example.signal)?.has(example.says)) return []
    const { file, line, signal, says } = example
    const problem = `signal \`${signal}\`: “${says}” is heard only because it stands here; add a few lines like it`
    return [{ file, line, problem, severity: 'warning' }]
  })
}

async function tryTranscript(
  context: TurnContext,
  dialog: Dialog,
  example: Dialog['examples'][number],
): Promise<string | undefined> {
  const talk = openSimulatedConversation({ ...context, lookUp: (of, form) => lookUpIn(example.service, of, form) })
  let said: readonly string[] = []
  let outcome = 'nothing'
  for (const line of example.lines) {
    if ('customer' in line) {
      const thought = await talk.hear(line.customer, example.audience)
      said = thought.drafts.map((draft) => draft.text)
      outcome = thought.outcome
      continue
    }
    const holds = 'bot' in line ? said.some((text) => text.includes(line.bot)) : outcome === line.outcome
    if (!holds) {
      const expected = 'bot' in line ? `the bot to say “${line.bot}”` : `the outcome ${line.outcome}`
      const got = said.length > 0 ? `it said “${said.join('” and “')}”` : 'it said nothing'
      return `“${example.title}” of ${dialog.id}: expected ${expected}, but ${got} (${outcome})`
    }
  }
  return undefined
}

/** The action's service as the example has it: the real look-up, and an answer that never left this process. */
function lookUpIn(service: Dialog['examples'][number]['service'], dialog: Dialog, form: Form): Promise<LookUpResult> {
  const respond = async () => {
    if (service === undefined || service === 'down') throw new Error('down')
    return service === 404 ? new Response(null, { status: 404 }) : Response.json(service)
  }
  return lookUp(dialog.action as Action, form.values, { baseUrl: 'http://example.invalid', fetch: respond })
}

async function tryPhrase(
  context: TurnContext,
  { dialog, phrase }: Extract<Example, { kind: 'phrase' }>,
): Promise<string | undefined> {
  const { intent } = await context.understand({ text: phrase, audience: 'private', channel: 'playground', history: [] })
  if (intent === dialog.id) return undefined
  return `“${phrase}” is ${intent === 'none' ? 'not understood' : `taken for \`${intent}\``}`
}

async function tryQuestion(
  context: TurnContext,
  { article, question, wins }: Extract<Example, { kind: 'question' }>,
): Promise<string | undefined> {
  const about = context.content.articles.find(({ id }) => id === article)
  const { ranking, confidence, by } = await context.answer.find({
    text: question,
    audience: about?.audience === 'public' ? 'public' : 'private',
    forAgent: about?.audience === 'internal',
  })
  const first = ranking[0]?.article
  if (wins) return first === article ? undefined : `“${question}” finds \`${first}\`, not \`${article}\``
  return first === article && confidence >= confidenceThreshold(context.content.brand, 'private', by)
    ? `“${question}” is answered with \`${article}\` (confidence ${confidence.toFixed(2)}), which it must not be`
    : undefined
}
