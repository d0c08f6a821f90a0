// What the bot thinks with: a model that fails, content and clocks that change under it, customers who take words back,
// and more of them than it can serve.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { OWN_CONTENT } from '#content/load'
import { memoryOf } from '../../bench/service.ts'
import { PAGE } from '../../test/service/accounts.ts'
import { until } from '../../test/setup/redis.ts'
import { type Scripted, startOpenAi } from '../../test/stand-ins/openai.ts'
import { chanceOf } from '../chance.ts'
import type { Fleet } from '../fleet.ts'
import { newLine } from '../lines.ts'
import type { Line } from '../plan.ts'
import { judged, onFleet, onStage, planned, type Scenario } from '../scenario.ts'
import { setTrap } from '../trap.ts'

const QUESTION = 'How long does delivery take?'
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const percentile = (all: readonly number[], share: number) =>
  all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) * share)] ?? 0

/** A private value that the model says and no article knows. */
const PLANTED = 'ana.planted@example.com'
const CALLS = 5_000

/** A language model at its worst; what it may say of a question is drawn from the seed. */
function badModel(seed: number): Scripted[] {
  const chance = chanceOf(seed, 'model')
  return Array.from({ length: CALLS }, (): Scripted => {
    const leak = `Our colleague Ana helps you: write to ${PLANTED}.`
    return chance.pick<Scripted>([
      'cuts',
      { blurts: 'Sure! Here is what I think:' },
      { says: { nonsense: true } },
      { says: { article: 'showroom', quotes: [leak], text: leak } },
      { status: 500 },
      { status: 429 },
      ...(chance.is(0.1) ? ['hangs' as const] : []),
    ])
  })
}

/** Every text that is kept: all values in Redis, its append-only files, and what the processes said. */
async function everythingKept(fleet: Fleet): Promise<string> {
  return fleet.redis.ask(async (client) => {
    const texts: string[] = fleet.all.map((process) => process.said())
    for await (const keys of client.scanIterator({ COUNT: 1000 })) {
      for (const key of keys) {
        // DUMP would compress long values.
        const type = await client.type(key)
        if (type === 'string') texts.push((await client.get(key)) ?? '')
        if (type === 'list') texts.push(...(await client.lRange(key, 0, -1)))
        if (type === 'hash') texts.push(JSON.stringify(await client.hGetAll(key)))
        if (type === 'set') texts.push(...(await client.sMembers(key)))
        if (type === 'zset') texts.push(...(await client.zRange(key, 0, -1)))
        if (type === 'stream') texts.push(JSON.stringify(await client.xRange(key, '-', '+')))
        texts.push(key)
      }
    }
    const { dir } = await client.configGet('dir')
    const folder = join(String(dir), 'appendonlydir')
    for (const file of await readdir(folder)) texts.push(await readFile(join(folder, file), 'latin1'))
    return texts.join('\n')
  })
}

export const mind: Readonly<Record<string, Scenario>> = {
  C12: {
    fault: 'the language model hangs, talks nonsense, fails, and makes up a private address',
    pass: 'nothing of it reaches a customer; everybody gets an outcome in time',
    run: async (seed) => {
      const model = await startOpenAi()
      model.script(...badModel(seed))
      const env = { OPENAI_API_KEY: 'sk-nobody-s', OPENAI_MODEL: 'gpt-test', OPENAI_BASE_URL: model.baseUrl }
      try {
        return await onFleet({ workers: 2, env }, async (fleet) => {
          const { wrong, history } = await planned(fleet, seed, { customers: 40 })
          const leaked = history.seen
            .filter(({ text }) => text.includes(PLANTED))
            .map(({ id }) => `${id} says what the model made up`)
          const events = history.store.customers.flatMap((kept) => kept.history)
          const waits = history.store.customers.flatMap(({ history }) =>
            history.flatMap((event) => {
              const asked = event.type === 'turn-taken' ? event.messages[0] : undefined
              const came = history.find((one) => one.type === 'message-received' && one.message.id === asked)
              return came ? [event.at - came.at] : []
            }),
          )
          const engines = Map.groupBy(
            events.flatMap((event) => (event.type === 'turn-taken' && event.engine ? [event.engine] : [])),
            (engine) => engine,
          )
          const says = [...engines].map(([engine, all]) => `${all.length} by ${engine}`).join(', ')
          return {
            wrong: [...wrong, ...leaked],
            says: `${model.requests.length} calls of the model; answers ${says || 'none'}; the longest wait for an outcome ${seconds(Math.max(...waits))}`,
          }
        })
      } finally {
        await model.close()
      }
    },
  },
  C14: {
    fault: 'content is changed in the middle of a run',
    pass: 'each decision carries one version, and its words are those of that version',
    run: async (seed) => {
      const dir = await mkdtemp(join(tmpdir(), 'warmline-chaos-content-'))
      try {
        for (const folder of ['dialogs', 'knowledge', 'policies'])
          await cp(join(OWN_CONTENT, folder), join(dir, folder), { recursive: true })
        return await onFleet({ workers: 2, env: { WARMLINE_CONTENT_DIR: dir } }, (fleet) =>
          onStage(fleet, seed, async (stage) => {
            const ask = () => stage.say([newLine('x', 'private', 'Where is your showroom?')])
            const words = () => new Set(stage.platform.seen.map(({ text }) => /Our (one|own) showroom/.exec(text)?.[1]))
            const file = join(dir, 'knowledge/showroom.md')
            let change: Promise<void> | undefined
            const asked: Promise<void>[] = []
            // Until both have been said; a round of the watcher and of learning takes a second or two.
            for (let n = 0; n < 400 && !words().has('own'); n++) {
              asked.push(ask())
              if (n === 10) {
                const text = await readFile(file, 'utf8')
                change = writeFile(file, text.replace('Our one showroom', 'Our own showroom'))
              }
              await wait(60)
            }
            await Promise.all([change, ...asked])
            const { wrong, history } = await judged(fleet, stage)
            const spoken = history.store.customers.flatMap(({ history }) => {
              const turn = history.find((event) => event.type === 'turn-taken')
              const said = history.find((event) => event.type === 'message-queued')
              const word = said?.type === 'message-queued' && /Our (one|own) showroom/.exec(said.message.text)?.[1]
              return turn?.type === 'turn-taken' && word ? [`${turn.version} ${word}`] : []
            })
            const kinds = [...new Set(spoken)]
            const versions = new Set(kinds.map((kind) => kind.split(' ')[0]))
            const mixed = kinds.length === 2 && versions.size === 2 ? [] : [`seen: ${kinds.join(', ')}`]
            return { wrong: [...wrong, ...mixed], says: `${spoken.length} replies under 2 versions, none mixed` }
          }),
        )
      } finally {
        await rm(dir, { recursive: true, force: true })
      }
    },
  },
  C15: {
    fault: 'clocks jump ten minutes forward, back, and ten minutes behind: one worker’s, then everybody’s',
    pass: 'nothing is sent twice; no storm of expired locks; quiet in time',
    run: (seed) =>
      onFleet({ workers: 2, skewed: true }, async (fleet) => {
        const wrong: string[] = []
        let messages = 0
        for (const [n, processes] of [fleet.workers.slice(0, 1), fleet.all, fleet.all, fleet.all].entries()) {
          // X takes no signature whose time is five minutes off, and rightly so: there is nothing to see there.
          const running = planned(fleet, seed + n, { customers: 40, networks: ['facebook'] })
          await wait(900)
          for (const process of processes) process.jump()
          const ran = await running
          messages += ran.history.said.length
          wrong.push(...ran.wrong)
        }
        return {
          wrong,
          says: `${messages} messages over four jumps, on Facebook (X refuses signatures with a wrong time)`,
        }
      }),
  },
  C16: {
    fault: 'a customer asks to be forgotten, and another deletes a post, while the bot is composing',
    pass: 'nothing is posted after; no value of theirs is left in Redis, its files or the logs',
    run: (seed) =>
      onFleet({ workers: 2 }, (fleet) =>
        onStage(fleet, seed, async (stage) => {
          const wrong: string[] = []
          const secret = 'kim.planted@example.com'
          const composing = () =>
            setTrap(fleet.workers, { wire: 'redis', name: 'COMMIT', nth: 1, moment: 'before' }, 'wait')

          const erased = newLine('facebook', 'private', `Where is my order HL-27777? I am ${secret}`)
          let held = composing()
          await stage.say([erased])
          let process = await held.hit()
          const id = encodeURIComponent(`facebook:${PAGE.pageId}:${erased.user}`)
          if (!(await everythingKept(fleet)).includes(secret)) wrong.push('what is to be forgotten was never kept')
          const { status } = await fleet.lead.call('POST', `/api/customers/${id}/erase`)
          if (status >= 300 || status === 0) wrong.push(`the request to forget was answered ${status}`)
          held.disarm()
          process.redis.flow()
          await stage.settle()
          if (stage.platform.seen.length > 0) wrong.push('something was said to whoever had been forgotten')

          const deleted = newLine('facebook', 'public', `Is ${secret} the right address for my order HL-27778?`)
          held = composing()
          await stage.say([deleted])
          process = await held.hit()
          await stage.takeBack(deleted)
          held.disarm()
          process.redis.flow()
          await stage.settle()
          if (stage.platform.seen.length > 0) wrong.push('a deleted post was answered')

          const left = await until(
            async () => !/planted|HL-2777/.test(await everythingKept(fleet)) && 'nothing',
            60_000,
          ).catch(async () =>
            [...new Set((await everythingKept(fleet)).match(/.{0,60}(planted|HL-2777).{0,30}/g))].join(' … '),
          )
          if (left !== 'nothing') wrong.push(`still kept: ${left}`)
          return { wrong, says: `left in Redis, its append-only files and the logs: ${left.slice(0, 40)}` }
        }),
      ),
  },
  C19: {
    fault:
      'a burst for 15 s, close to what this machine can serve, a quarter of it from four customers who do not stop',
    pass: 'memory bounded; who writes little is not behind who writes much; p95 until the first decision under 5 s',
    run: (seed) =>
      onFleet({ workers: 2 }, (fleet) =>
        onStage(fleet, seed, async (stage) => {
          const ask = (from?: Line) => stage.say([newLine('x', 'private', QUESTION, from)])
          // What this machine, which also runs the rig, serves in a second; the first round warms it up.
          let served = 0
          for (const count of [60, 120]) {
            const start = performance.now()
            await Promise.all(Array.from({ length: count }, () => ask()))
            await stage.settle()
            served = count / ((performance.now() - start) / 1000)
          }
          const before = await memoryOfAll(fleet)
          const rate = 0.7 * served
          const loud = Array.from({ length: 4 }, () => newLine('x', 'private', QUESTION))
          const sent: Promise<void>[] = []
          const start = performance.now()
          for (let n = 0; n < 15 * rate; n++) {
            sent.push(ask(n % 4 === 0 ? loud[(n / 4) % 4] : undefined))
            await wait(Math.max(0, start + (1000 * n) / rate - performance.now()))
          }
          await Promise.all(sent)
          const { wrong, history } = await judged(fleet, stage)
          const after = await memoryOfAll(fleet)
          const firstWaits = (isLoud: boolean) =>
            history.store.customers.flatMap(({ id, history }) => {
              const came = history.find(({ type }) => type === 'message-received')
              const turn = history.find(({ type }) => type === 'turn-taken')
              return came && turn && loud.some(({ user }) => id.endsWith(user)) === isLoud ? [turn.at - came.at] : []
            })
          const p95 = percentile(firstWaits(false), 0.95)
          return {
            wrong: [
              ...wrong,
              ...(p95 > 5_000 ? [`p95 until the first decision ${seconds(p95)}`] : []),
              ...(after > 2 * before ? [`memory went from ${before.toFixed(0)} to ${after.toFixed(0)} MB`] : []),
            ],
            says: `scaled: 1,000 a second became ${rate.toFixed(0)}, 0.7 of the ${served.toFixed(0)} that this machine served beside the rig; p95 ${seconds(p95)}, memory ${before.toFixed(0)} → ${after.toFixed(0)} MB`,
          }
        }),
      ),
  },
}

async function memoryOfAll(fleet: Fleet): Promise<number> {
  const all = await Promise.all(fleet.all.map(async ({ pid }) => (await memoryOf(pid)).node))
  return all.reduce((sum, mb) => sum + mb, 0)
}
