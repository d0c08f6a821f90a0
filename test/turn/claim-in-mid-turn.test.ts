// A person claims a case while the bot is in the middle of a turn: wherever that is, no bot message starts afterwards.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Outgoing } from '#domain'
import { keysOf } from '#redis/keys'
import { loadCustomer } from '#redis/store'
import type { LocalEngine } from '../../src/cli/local-engine.ts'
import { idOf, openSampleEngine, openTestPipeline, type TestPipeline, textsTo, wrote } from '../setup/pipeline.ts'
import { startTestRedis, type TestRedis, until } from '../setup/redis.ts'

const TRY = { before: 0, last: false }

let redis: TestRedis
let shop: LocalEngine
/** Where people work. */
let desk: TestPipeline
/** Where turns are taken, step by step. */
let stepped: TestPipeline
const sent: Outgoing[] = []

/** What was called so far in this turn, and where it stops. */
let calls: string[] = []
let stopAt: { readonly call: number; readonly reached: () => void; readonly resumed: Promise<void> } | undefined

async function step(name: string): Promise<void> {
  const here = calls.push(name) - 1
  if (stopAt?.call !== here) return
  stopAt.reached()
  await stopAt.resumed
}

/** The same object, whose every call of these names is a step. */
function inSteps<T extends object>(target: T, isStep: (name: string) => boolean): T {
  return new Proxy(target, {
    get(_, name) {
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      if (!isStep(String(name))) return value.bind(target)
      return async (...args: unknown[]) => {
        await step(String(name))
        return value.apply(target, args)
      }
    },
  })
}

beforeAll(async () => {
  ;[redis, shop] = await Promise.all([startTestRedis(), openSampleEngine()])
  const { connections } = redis
  desk = await openTestPipeline({ connections, mind: shop.context, sent })
  const every = () => true
  const commands = (name: string) => /^(hGet|hSet|hmGet|lRange|eval|evalSha|z|incr|get|set)/.test(name)
  stepped = await openTestPipeline({
    connections: {
      ...connections,
      main: inSteps(connections.main, commands),
      ingest: inSteps(connections.ingest, commands),
    },
    mind: {
      ...shop.context,
      ...inSteps({ understand: shop.context.understand }, every),
      answer: inSteps(shop.context.answer, every),
    },
    ...inSteps({ load: shop.context.load }, every),
    sent,
  })
})
afterAll(async () => {
  await desk?.close()
  await stepped?.close()
  await shop?.close()
  await redis?.close()
})

/** Carries out what is in a customer's outbox. */
async function send(user: string): Promise<void> {
  const stop = await desk.outbox.work()
  await desk.outbox.due(idOf(user))
  await until(async () => (await redis.connections.main.lLen(keysOf(idOf(user)).outbox)) === 0)
  await stop()
}

/** A customer who waits for a person, and then asks something that the bot can answer. */
async function asking(user: string): Promise<string> {
  await desk.inbox.deliver('playground', [wrote(user, 'I want to talk to a human')])
  await desk.turns.takeTurns(idOf(user), TRY)
  await send(user)
  await desk.inbox.deliver('playground', [wrote(user, 'How much is delivery?')])
  return (await loadCustomer(redis.connections.main, idOf(user))).case?.ticket?.id ?? ''
}

const takeTurn = (user: string) => stepped.turns.takeTurns(idOf(user), TRY)

const CLAIMS = {
  'an agent at the console': async (_user: string, ticket: string) => {
    const claimed = await desk.desk.claim(ticket, { email: 'ada@harbourlane.example', name: 'Ada' })
    if ('refused' in claimed) throw new Error(claimed.because)
  },
  'somebody in the network’s own inbox': (user: string) => desk.externalInbox.personSpoke(idOf(user)),
}

describe.each(Object.keys(CLAIMS) as (keyof typeof CLAIMS)[])('%s', (who) => {
  test('who claims at any step of a turn is not talked over, and sees what the customer wrote', async () => {
    const name = who.split(' ')[0] ?? ''
    // The first turn of a process fetches what it keeps; its steps are not those of the others.
    await asking(`${name}-first`)
    await takeTurn(`${name}-first`)
    await asking(`${name}-free`)
    calls = []
    await takeTurn(`${name}-free`)
    const steps = calls
    await send(`${name}-free`)
    expect(textsTo(sent, `${name}-free`)).toHaveLength(2)
    expect(steps).toEqual(expect.arrayContaining(['load', 'understand', 'find', 'evalSha', 'lRange']))

    for (let call = 0; call < steps.length; call++) {
      const user = `${name}-${call}`
      const ticket = await asking(user)
      const before = textsTo(sent, user)
      let resume = () => {}
      const reached = new Promise<void>((resolve) => {
        const resumed = new Promise<void>((go) => {
          resume = go
        })
        stopAt = { call, reached: resolve, resumed }
      })
      calls = []
      const turn = takeTurn(user)
      const tooSoon = turn.then(() => Promise.reject(new Error(`the turn ended before step ${call}, ${steps[call]}`)))
      await Promise.race([reached, tooSoon])
      tooSoon.catch(() => {})
      await CLAIMS[who](user, ticket)
      resume()
      await turn
      stopAt = undefined
      await send(user)
      const { waiting, case: given, history } = await loadCustomer(redis.connections.main, idOf(user))
      const where = `at step ${call}, ${steps[call]}`
      expect([where, textsTo(sent, user)]).toEqual([where, before])
      expect([where, waiting]).toEqual([where, []])
      expect([where, given?.ticket?.state]).toEqual([where, 'claimed'])
      // Either the bot's words were held back, or they were never made.
      const held = history.some((event) => event.type === 'effect-suppressed')
      const listened = history.some((event) => event.type === 'turn-taken' && event.reasons[0]?.rule === 'owned')
      expect([where, held || listened]).toEqual([where, true])
    }
  }, 400_000)
})
