// What happens in a run, drawn from its seed: who writes what and when, how it is delivered, how the network behaves.
import type { Audience } from '#domain'
import { type Chance, chanceOf } from './chance.ts'
import { drawFault, type Fault } from './fault.ts'
import type { Network } from './record.ts'

type Kind = 'question' | 'person' | 'order' | 'praise'

/** Something that a customer will write. Times are milliseconds from the start of the run. */
export type Line = {
  /** The network's id. */
  readonly id: string
  readonly network: Network
  readonly audience: Audience
  readonly user: string
  readonly kind: Kind
  readonly text: string
  readonly secrets: readonly string[]
  readonly at: number
  /** When its author takes it back. */
  readonly deletedAt?: number
  /** When a person of ours answers in the network's own inbox. */
  readonly answeredAt?: number
}

/** One webhook call and its copies. */
type Delivery = { readonly lines: readonly Line[]; readonly times: readonly number[] }

/** Shares of calls that meet it, from 0 to 1. */
export type Temper = {
  readonly slow: number
  /** Hits a limit, which then stands for a second or two. */
  readonly tooMany: number
  /** Answered with a failure; nothing was done. */
  readonly fails: number
  /** Answered with a failure although it was done. */
  readonly ghost: number
  readonly refuses: number
  /** The connection ends; nothing was done. */
  readonly cut: number
  /** Done, and the connection ends before the answer. */
  readonly loses: number
  /** Never answered; nothing was done. */
  readonly hangs: number
  /** Done, and answered without saying what. */
  readonly broken: number
  /** Share of what we say that the network does not tell us of. */
  readonly silent: number
}

export type Plan = {
  readonly seed: number
  readonly lines: readonly Line[]
  readonly deliveries: readonly Delivery[]
  readonly temper: Temper
  readonly fault: Fault
  /** When agents stop. */
  readonly ends: number
}

/** Each is answered from one article of the sample brand, in public too. */
const QUESTIONS = [
  'How much is delivery?',
  'How long does delivery take?',
  'How do I return something?',
  'Where is your showroom?',
  'Do you have a student discount?',
  'How do I reset my password?',
  'Can I choose a delivery day?',
  'Do gift cards expire?',
]
const PERSON = ['I want to talk to a human please', 'Can a real person help me?']
const PRAISE = ['Thank you, lovely service!', 'Love my new lamp, thanks']

const SPAN_MS = 2_500

export type Size = {
  readonly customers: number
  readonly temper?: Temper
  readonly fault?: Fault
  readonly kinds?: readonly Kind[]
  readonly networks?: readonly Network[]
}

export const CALM: Temper = {
  slow: 0,
  tooMany: 0,
  fails: 0,
  ghost: 0,
  refuses: 0,
  cut: 0,
  loses: 0,
  hangs: 0,
  broken: 0,
  silent: 0,
}

export function drawPlan(seed: number, { customers, temper, fault, ...among }: Size): Plan {
  const chance = chanceOf(seed)
  const lines = Array.from({ length: customers }, (_, n) => drawCustomer(chance.fork(`customer ${n}`), seed, n, among))
  return {
    seed,
    lines: lines.flat(),
    deliveries: drawDeliveries(chance.fork('deliveries'), lines),
    temper: temper ?? drawTemper(chance.fork('temper')),
    fault: fault ?? drawFault(chance.fork('fault'), SPAN_MS),
    ends: SPAN_MS + 1_500,
  }
}

function drawKind(chance: Chance, kinds: readonly Kind[] | undefined): Kind {
  if (kinds) return chance.pick(kinds)
  const at = chance.next()
  return at < 0.72 ? 'question' : at < 0.86 ? 'person' : at < 0.94 ? 'order' : 'praise'
}

/** One customer's messages, oldest first: a burst, and often another one later. */
function drawCustomer(
  chance: Chance,
  seed: number,
  n: number,
  { kinds, networks }: Pick<Size, 'kinds' | 'networks'>,
): Line[] {
  const network = chance.pick(networks ?? (['x', 'facebook'] as const))
  const audience = chance.pick(['public', 'private'] as const)
  // Unique over runs, so that a replayed id is a redelivery of this run and of none before.
  const who = BigInt(seed % 1_000_000) * 1_000_000n + BigInt(n)
  const user = String((network === 'x' ? 1_000_000_000_000n : 6_000_000_000_000n) + who)
  const count = chance.pick([1, 1, 1, 2, 2, 3, 4])
  let at = chance.between(0, SPAN_MS * 0.6)
  return Array.from({ length: count }, (_, m): Line => {
    if (m > 0) at += chance.is(0.6) ? chance.between(5, 120) : chance.between(300, 1_500)
    const kind = drawKind(chance, kinds)
    const order = `HL-2${String(chance.between(0, 9999)).padStart(4, '0')}`
    const email = `kim.${user.slice(-6)}@example.com`
    const text = {
      question: chance.pick(QUESTIONS),
      person: chance.pick(PERSON),
      praise: chance.pick(PRAISE),
      order: `Where is my order ${order}? My e-mail is ${email}`,
    }[kind]
    const number = who * 16n + BigInt(m)
    const id =
      network === 'x'
        ? String(1_960_000_000_000_000_000n + number)
        : audience === 'public'
          ? `${9_000_000_000_000n + who}_${100 + m}`
          : `m_${number}`
    const gone = audience === 'public' && chance.is(0.02)
    const inbox = network === 'facebook' && audience === 'private' && chance.is(0.04)
    return {
      id,
      network,
      audience,
      user,
      kind,
      text,
      secrets: kind === 'order' ? [order, email] : [],
      at,
      ...(gone ? { deletedAt: at + chance.between(0, 600) } : {}),
      ...(inbox ? { answeredAt: at + chance.between(100, 1_000) } : {}),
    }
  })
}

/** Most messages travel alone and once; some together, some twice or thrice, some overtake one another. */
function drawDeliveries(chance: Chance, customers: readonly Line[][]): Delivery[] {
  const deliveries: Delivery[] = []
  const times = (at: number) => {
    const late = chance.is(0.12) ? chance.between(50, 400) : 0
    const copies = chance.is(0.2)
      ? Array.from({ length: chance.between(1, 2) }, () => at + chance.between(0, 2_000))
      : []
    return [at + late, ...copies]
  }
  let waiting: Line[] = []
  for (const line of customers.flat().toSorted((a, b) => a.at - b.at)) {
    const together = waiting.length > 0 && waiting[0]?.network === line.network && chance.is(0.3)
    if (!together && waiting.length > 0) {
      deliveries.push({ lines: waiting, times: times(Math.max(...waiting.map((one) => one.at))) })
      waiting = []
    }
    waiting.push(line)
    if (!chance.is(0.15)) {
      deliveries.push({ lines: waiting, times: times(line.at) })
      waiting = []
    }
  }
  if (waiting.length > 0) deliveries.push({ lines: waiting, times: [waiting.at(-1)?.at ?? 0] })
  return deliveries
}

/** Most networks misbehave in one or two ways at a time. */
function drawTemper(chance: Chance): Temper {
  const share = (most: number) => (chance.is(0.35) ? chance.next() * most : 0)
  return {
    slow: share(0.3),
    tooMany: share(0.03),
    fails: share(0.05),
    ghost: share(0.05),
    refuses: share(0.03),
    cut: share(0.05),
    loses: share(0.05),
    hangs: share(0.01),
    broken: share(0.03),
    silent: chance.is(0.3) ? chance.next() : 0,
  }
}
