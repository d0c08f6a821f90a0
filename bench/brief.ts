// What a brief keeps: of the values that customers gave before the handover, those that it states, and how many of those are right.
// The dialogues of ../shared/data are played through the real turn in memory, with the sample brand; then a person is asked for.
import { existsSync, readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { readConfig } from '#app'
import { OWN_CONTENT } from '#content/load'
import { openSimulatedConversation } from '#releases/simulator'
import { openLocalEngine } from '../src/cli/local-engine.ts'
import { ticketOf } from '../src/handoff/handover-summary.ts'
import { CACHE } from '../test/setup/cache.ts'
import type { Options } from './conversations.ts'
import type { Row } from './report.ts'

const DIALOGUES = new URL('../../shared/data/dialogues/', import.meta.url)
const HANDOVER = 'Can I speak to a person, please?'

type Dialogue = {
  readonly id: string
  /** What the customer wrote, in order. */
  readonly said: readonly string[]
  /** What is known to be theirs: what such a value is called, and the value. */
  readonly known: readonly (readonly [kind: Kind, value: string])[]
  /** All that others wrote: a name or an address that stands there too is one. */
  readonly others: string
}

const KINDS = ['name', 'e-mail', 'phone', 'order', 'account', 'address', 'date of birth'] as const
type Kind = (typeof KINDS)[number]

/** Kinds that a stated value may be of: a reference is whatever is counted by codes. */
const SAME: Partial<Record<string, readonly string[]>> = {
  'order-number': ['order'],
  email: ['e-mail'],
  reference: ['order', 'account'],
}
const PUBLISHED: readonly string[] = ['name', 'address', 'date of birth']

const read = (name: string): string => readFileSync(new URL(name, DIALOGUES), 'utf8')
const linesOf = <T>(name: string): T[] =>
  read(name)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** ABCD: what a customer knows stands in the scenario. */
function abcd(): Dialogue[] {
  type Scenario = { personal: Record<string, string>; order: Record<string, string> }
  const all: { convo_id: number; scenario: Scenario; original: [string, string][] }[] = JSON.parse(
    read('abcd-sample.json'),
  )
  return all.map(({ convo_id, scenario: { personal, order }, original }) => {
    const named: [Kind, string | undefined][] = [
      ['name', personal.customer_name],
      ['e-mail', personal.email],
      ['phone', personal.phone],
      ['account', personal.username],
      ['account', personal.account_id],
      ['order', order.order_id],
      ['address', order.street_address],
      ['address', order.full_address],
      ['address', order.zip_code],
    ]
    return {
      id: `abcd ${convo_id}`,
      said: original.flatMap(([who, text]) => (who === 'customer' ? [text] : [])),
      known: named.flatMap(([kind, value]) => (value ? [[kind, value] as const] : [])),
      others: Object.values({ ...personal, ...order }).join('\n'),
    }
  })
}

/** tau-bench, shop: what a customer knows stands in the records that the agent read. */
function shop(): Dialogue[] {
  return linesOf<{ messages_display: string }>('tau-retail.jsonl').map(({ messages_display }, nth) => {
    const parts = messages_display.split(/\n(?=(?:user|assistant|tool): )/)
    const said = parts.flatMap((part) => (part.startsWith('user: ') ? [part.slice(6)] : []))
    const known: [Kind, string][] = []
    for (const part of parts) {
      if (!part.startsWith('tool: ')) continue
      const text = part.slice(6)
      if (/^[a-z]+_[a-z]+_\d+$/.test(text)) known.push(['account', text])
      if (text.startsWith('{')) known.push(...recordValues(JSON.parse(text)))
    }
    const others = parts.filter((part) => !part.startsWith('user: ')).join('\n')
    return { id: `tau shop ${nth}`, said, known, others }
  })
}

function recordValues(value: unknown, key = ''): [Kind, string][] {
  if (Array.isArray(value)) return value.flatMap((one) => recordValues(one, key))
  if (typeof value === 'object' && value !== null) {
    const { first_name: first, last_name: last } = value as Record<string, unknown>
    const whole: [Kind, string][] =
      typeof first === 'string' && typeof last === 'string' ? [['name', `${first} ${last}`]] : []
    return [...whole, ...Object.entries(value).flatMap(([name, one]) => recordValues(one, name))]
  }
  if (typeof value !== 'string') return []
  if (key === 'email') return [['e-mail', value]]
  if (key === 'order_id' || key === 'orders') return [['order', value]]
  if (key === 'user_id') return [['account', value]]
  if (key === 'address1' || key === 'address2' || key === 'zip') return [['address', value]]
  return []
}

/** tau-bench, airline: what a customer knows stands in what they were told to play. */
function airline(): Dialogue[] {
  type Line = { task: number; trial: number; customer: string; messages: { role: string; text: string }[] }
  return linesOf<Line>('tau-airline.jsonl').map(({ task, trial, customer, messages }) => {
    const all = [customer, ...messages.filter(({ role }) => role !== 'user').map(({ text }) => text)].join('\n')
    const found = (kind: Kind, pattern: RegExp, text = all): [Kind, string][] =>
      [...text.matchAll(pattern)].map(([value]) => [kind, value])
    return {
      id: `tau airline ${task}/${trial}`,
      said: messages.flatMap(({ role, text }) => (role === 'user' ? [text] : [])),
      others: all,
      known: [
        ...found('account', /\b[a-z]+_[a-z]+_\d{4}\b/g),
        ...found('order', /\b(?=[A-Z]*\d)[A-Z0-9]{6}\b/g),
        ...found('date of birth', /\b(?:19|20)\d\d-\d\d-\d\d\b/g, customer),
      ],
    }
  })
}

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}@]/gu, '')
const words = (text: string): string =>
  ` ${text.toLowerCase().replace(/[^\p{L}\p{N}@_.-]+/gu, ' ')} `.replace(/[.]+ /g, ' ')

export async function run({ list }: Options = {}): Promise<readonly Row[]> {
  if (!existsSync(DIALOGUES)) return []
  const none = new PassThrough()
  const variables = { ...process.env, WARMLINE_CACHE_DIR: CACHE }
  const io = { config: readConfig(variables), input: none, output: none, errors: none }
  const local = await openLocalEngine(OWN_CONTENT, io, 'embedded')
  const sets = { ABCD: abcd(), 'tau-bench, shop': shop(), 'tau-bench, airline': airline() }
  try {
    const rows: Row[] = []
    for (const [set, dialogues] of Object.entries(sets)) {
      const given: boolean[] = []
      const stated: boolean[] = []
      for (const dialogue of dialogues) {
        const facts = await briefOf(local.context, dialogue)
        for (const [kind, value] of givenIn(dialogue)) {
          const isStated = facts.some((fact) => plain(fact.value).includes(plain(value)))
          given.push(isStated)
          if (list && !isStated) process.stdout.write(`missed   ${dialogue.id}: ${kind} ${value}\n`)
        }
        for (const fact of facts) {
          const isRight = isProven(fact, dialogue)
          stated.push(isRight)
          if (list && !isRight) process.stdout.write(`unproven ${dialogue.id}: ${fact.name} ${fact.value}\n`)
        }
      }
      rows.push({ what: `${set}: values that a customer gave, stated in the brief`, ...shareOf(given) })
      rows.push({ what: `${set}: values stated in the brief, and known to be so`, ...shareOf(stated) })
    }
    return rows
  } finally {
    await local.close()
  }
}

const shareOf = (all: readonly boolean[]) => ({
  figure: (100 * all.filter(Boolean).length) / all.length,
  unit: '%',
  note: `of ${all.length}`,
})

/** Of what is known, what the customer wrote; each value once. */
function givenIn({ known, said }: Dialogue): Dialogue['known'] {
  const text = words(said.join('\n'))
  const once = new Map(known.map((one) => [plain(one[1]), one]))
  return [...once.values()].filter(([, value]) => text.includes(words(value.replace(/^#/, ''))))
}

/**
 * Whether a stated value is known to be so, under the name that it has. An e-mail address shows it itself; a name, an address or
 * a date is one that others wrote too.
 */
function isProven({ name, value }: { name: string; value: string }, { known, others }: Dialogue): boolean {
  const kinds = SAME[name] ?? [name]
  const key = plain(value)
  if (known.some(([kind, one]) => kinds.includes(kind) && (plain(one).includes(key) || key.includes(plain(one)))))
    return true
  if (kinds.includes('e-mail')) return value.includes('@')
  return kinds.some((kind) => PUBLISHED.includes(kind)) && plain(others).includes(key)
}

type Context = Awaited<ReturnType<typeof openLocalEngine>>['context']

async function briefOf(context: Context, { said }: Dialogue) {
  const talk = openSimulatedConversation(context)
  for (const text of [...said, HANDOVER]) await talk.hear(text, 'private', { directed: true, afterMs: 3000 })
  const { case: current, history, epoch } = talk.snapshot()
  if (!current?.ticket) throw new Error('no ticket was opened')
  return ticketOf(current, current.ticket, { history, epoch, law: undefined, now: context.now() }).brief.facts
}
