// The queue of tickets at 1,000, 100,000 and 1,000,000 open ones, in one run: listing, counting, next, claiming, memory.
// `--only 100000` leaves the larger ones out.
import type { Case, CaseTicket } from '#domain'
import { type AgentDesk, publishTicketState } from '#handoff'
import type { Redis } from '#redis'
import { KEYS, keysOf } from '#redis/keys'
import { readCase } from '#redis/store'
import { placesOf } from '../src/handoff/ticket-lists.ts'
import { openTestDesk, type TestDesk } from '../test/setup/agent-desk.ts'
import { idOf } from '../test/setup/pipeline.ts'
import { until } from '../test/setup/redis.ts'
import { median, type Row } from './report.ts'

const SIZES = [1_000, 100_000, 1_000_000]
/** What each size is measured beside. */
const SMALL = 1_000
const ROUNDS = 60
/** Tickets that are written at once. */
const CHUNK = 5_000
const PAGE = 50
const HOUR = 3_600_000
const MODEL = 'ticket-to-copy'

const TEAMS = ['care', 'care', 'returns', 'press'] as const
const LANGUAGES = ['en', 'en', 'fr', 'de', undefined] as const
const PRIORITIES = ['normal', 'normal', 'normal', 'high', 'low', 'urgent', 'normal'] as const
const COLLEAGUE = { email: 'mia@example.test', name: 'Mia' }

/** A ticket that the bot handed over, as Redis has it; the others are copies with other teams, languages and times. */
type Model = { readonly case: Case; readonly fields: Readonly<Record<string, string>>; readonly bytes: number }

export async function run({ only }: { only?: string } = {}): Promise<readonly Row[]> {
  const most = only === undefined ? Number.POSITIVE_INFINITY : Number(only)
  const [small, large] = [await openQuietDesk(), await openQuietDesk()]
  const redis = large.redis.connections.main
  try {
    const model = await modelOf(large)
    await fill(small.redis.connections.main, model, 0, SMALL)
    const rows: Row[] = []
    let filled = 0
    for (const size of SIZES.filter((one) => one <= most)) {
      const before = await usedBytes(redis)
      const from = performance.now()
      await fill(redis, model, filled, size)
      const seconds = (performance.now() - from) / 1000
      await checkSample(large, filled, size)
      process.stderr.write(`  ${size} tickets, ${Math.round((size - filled) / seconds)} written a second\n`)
      const bytes = ((await usedBytes(redis)) - before) / (size - filled)
      filled = size
      const open = `${size.toLocaleString('en')} open`
      for (const { what, figure, beside } of await measure(large, small, size)) {
        const smaller = { what: `${SMALL.toLocaleString('en')}, in turns with it`, figure: beside }
        rows.push({ what: `${what}, ${open}`, figure, unit: 'ms', beside: smaller, note: `median of ${ROUNDS}` })
      }
      rows.push({ what: `memory of a ticket, ${open}`, figure: bytes, unit: 'bytes', note })
    }
    const whole = 'all keys of the customer: case, history, effects'
    return [...rows, { what: 'memory of the conversation copied', figure: model.bytes, unit: 'bytes', note: whole }]
  } finally {
    await large.close()
    await small.close()
  }
}

/** Neither a rewrite of the append-only file nor a snapshot is measured. */
async function openQuietDesk(): Promise<TestDesk> {
  const desk = await openTestDesk()
  const { main } = desk.redis.connections
  await main.configSet({ 'auto-aof-rewrite-percentage': '0' })
  await main.configSet({ save: '' })
  return desk
}

const note = 'its case and its places in all lists; without history and timers'

async function usedBytes(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
}

async function modelOf({ handOver, redis }: TestDesk): Promise<Model> {
  const { main } = redis.connections
  await handOver(MODEL, ['private', 'My jumper HL-20533 came with a hole in it, can somebody call me?'])
  const given = await readCase(main, idOf(MODEL))
  if (!given?.ticket) throw new Error('nobody was handed over')
  const sizes = await Promise.all(Object.values(keysOf(idOf(MODEL))).map((key) => main.memoryUsage(key)))
  const bytes = sizes.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return { case: given, fields: await main.hGetAll(keysOf(idOf(MODEL)).state), bytes }
}

const idAt = (n: number) => `T-b${n}`
const userAt = (n: number) => `b${n}`

/** `n` decides all that differs. Primes mix team, language and priority. */
function copyOf({ case: given }: Model, n: number): Case & { readonly ticket: CaseTicket } {
  const made: Case & { ticket: CaseTicket } = JSON.parse(JSON.stringify(given).replaceAll(MODEL, userAt(n)))
  const openedAt = Date.now() - ((n * 2_654_435_761) % (72 * HOUR))
  const { language: _, ...ticket } = made.ticket
  const language = LANGUAGES[(n * 31) % LANGUAGES.length]
  return {
    ...made,
    ticket: {
      ...ticket,
      ...(language ? { language } : {}),
      id: idAt(n),
      team: TEAMS[(n * 17) % TEAMS.length] ?? TEAMS[0],
      priority: PRIORITIES[(n * 13) % PRIORITIES.length] ?? 'normal',
      openedAt,
      dueAt: openedAt + 24 * HOUR,
    },
  }
}

/** Writes cases and places as the queue does, many at once; `checkSample` proves that it is the same. */
async function fill(redis: Redis, model: Model, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += CHUNK) {
    const lists = new Map<string, { value: string; score: number }[]>()
    const customers: Record<string, string> = {}
    const placed: Record<string, string> = {}
    const writes = redis.multi()
    for (let n = start; n < Math.min(to, start + CHUNK); n++) {
      const made = copyOf(model, n)
      writes.hSet(keysOf(idOf(userAt(n))).state, { ...model.fields, case: JSON.stringify(made) })
      const places = placesOf(made.ticket, made.customer)
      for (const [list, score] of places) {
        const known = lists.get(list)
        if (known) known.push({ value: idAt(n), score })
        else lists.set(list, [{ value: idAt(n), score }])
      }
      customers[idAt(n)] = made.customer.id
      placed[idAt(n)] = JSON.stringify([...places.keys()])
    }
    for (const [list, entries] of lists) writes.zAdd(list, entries)
    writes.hSet(KEYS.ticket.customers(), customers).hSet(KEYS.ticket.places(), placed)
    await writes.execAsPipeline()
  }
}

/** Announces some of them, as the service does with each: nothing may change by it. */
async function checkSample({ pipeline, redis }: TestDesk, from: number, to: number): Promise<void> {
  const { main } = redis.connections
  const placesNow = async (id: string) => {
    const lists: string[] = JSON.parse((await main.hGet(KEYS.ticket.places(), id)) ?? '[]')
    const scores = await Promise.all(lists.sort().map((list) => main.zScore(list, id)))
    return JSON.stringify([lists, scores, await pipeline.tickets.whose(id)])
  }
  for (let n = from; n < to; n += Math.ceil((to - from) / 300)) {
    const made = await readCase(main, idOf(userAt(n)))
    if (!made?.ticket) throw new Error(`${idAt(n)} has no case`)
    // The timer of one that is late rings at once and changes it.
    if (made.ticket.dueAt < Date.now() + HOUR) continue
    const before = await placesNow(idAt(n))
    await pipeline.tickets.announce(publishTicketState(made, idAt(n), 'ticket-opened', `e-${n}`, Date.now()))
    const after = await placesNow(idAt(n))
    if (before !== after) throw new Error(`${idAt(n)} was filled as ${before} and is announced as ${after}`)
  }
}

type Figure = { readonly what: string; readonly figure: number; readonly beside: number }

/** Each step in turns on the large queue and on the small one, so that a busy machine slows both. */
async function measure(large: TestDesk, small: TestDesk, size: number): Promise<readonly Figure[]> {
  const [ours, others] = [await stepsOf(large, size), await stepsOf(small, SMALL)]
  const figures: Figure[] = []
  for (const [nth, { what, step }] of ours.entries()) {
    const times: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      times[0].push(await step())
      times[1].push((await others[nth]?.step()) ?? Number.NaN)
    }
    figures.push({ what, figure: median(times[0]), beside: median(times[1]) })
  }
  return figures
}

/** Each resolves to how long it took; what was claimed is back in the queue then. */
async function stepsOf({ pipeline, redis }: TestDesk, size: number) {
  const { desk } = pipeline
  const { main } = redis.connections
  const settled = async (id: string) => {
    const customer = (await pipeline.tickets.whose(id)) ?? ''
    await until(async () => (await main.lLen(keysOf(customer).outbox)) === 0)
  }
  const [middle] = await main.zRangeWithScores(KEYS.ticket.waiting(), size >> 1, size >> 1)
  const cursor = `${middle?.score}:${middle?.value}`
  const list = (view: Parameters<AgentDesk['list']>[0]) => async () => {
    const { tickets } = await desk.list({ ...view, limit: PAGE })
    if (tickets.length < PAGE) throw new Error(`only ${tickets.length} tickets in ${JSON.stringify(view)}`)
    return undefined
  }
  const count = async () => {
    await desk.counts({ ...COLLEAGUE, teams: ['care', 'press'] })
    return undefined
  }
  const claimFirst = async () => {
    const [id] = await main.zRange(KEYS.ticket.waiting(), 0, 0)
    return idOrThrow(await desk.claim(id ?? '', COLLEAGUE))
  }
  const waiting = { state: 'waiting' } as const
  const work = { teams: ['returns', 'press'], languages: ['fr'] }
  const steps: readonly (readonly [string, () => Promise<string | undefined>])[] = [
    ['list, first page', list(waiting)],
    ['list, from the middle', list({ ...waiting, cursor })],
    [
      'list, one team, channel and language',
      list({ ...waiting, teams: ['care'], channel: 'playground', language: 'en' }),
    ],
    ['list, three teams', list({ ...waiting, teams: ['care', 'returns', 'press'] })],
    ['list, late', list({ late: true })],
    ['count, all lists', count],
    ['next', async () => idOrThrow(await desk.next({ ...COLLEAGUE, ...work }))],
    ['claim', claimFirst],
  ]
  return steps.map(([what, step]) => ({
    what,
    async step() {
      const from = performance.now()
      const claimed = await step()
      const took = performance.now() - from
      if (claimed !== undefined) {
        await settled(claimed)
        await desk.release(claimed, COLLEAGUE)
        await settled(claimed)
      }
      return took
    },
  }))
}

function idOrThrow(ticket: Awaited<ReturnType<AgentDesk['claim']>> | undefined): string {
  if (!ticket || 'refused' in ticket) throw new Error(`no ticket: ${ticket?.because ?? 'none waits'}`)
  return ticket.id
}
