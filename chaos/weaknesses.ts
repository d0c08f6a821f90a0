// The safety mechanisms, one statement of the product each, and what has to go wrong without it.
import { readFileSync } from 'node:fs'
import type { CIRCUMSTANCES } from './circumstances.ts'

/** One statement of the product, in a file in which it stands once, and what takes its place. */
export type Removal = {
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
}

export type Weakness = Removal & {
  /** What the product then lacks. */
  readonly lacks: string
  /** At least one of these has to be found. */
  readonly breaks: readonly string[]
  /** The circumstances under which it shows. */
  readonly under: keyof typeof CIRCUMSTANCES
}

const LUA = 'src/redis/store/lua'
const NEXT_STEP = 'src/outbox/next-step.ts'

export const WEAKNESSES: readonly Weakness[] = [
  {
    name: 'seen-ids',
    lacks: 'an event that came before is dropped',
    file: `${LUA}/receive.lua`,
    from: "if redis.call('ZSCORE', seen, args.id) then return 0 end",
    to: '',
    breaks: ['doubled'],
    under: 'duplicates',
  },
  {
    name: 'version-guard',
    lacks: 'a commit holds only if the case is as it was read',
    file: `${LUA}/commit.lua`,
    from: "if (redis.call('HGET', state, 'version') or '0') ~= args.version then return 0 end",
    to: '',
    breaks: ['doubled', 'lost', 'without-outcome'],
    under: 'frozen-turn',
  },
  {
    name: 'epoch-at-start',
    lacks: 'a send of the bot begins only if nobody has claimed the case since',
    file: `${LUA}/start.lua`,
    from: "local passed = args.epoch and (redis.call('HGET', state, 'epoch') or '0') ~= args.epoch",
    to: 'local passed = false',
    breaks: ['talked-over'],
    under: 'frozen-send',
  },
  {
    name: 'intent-before-sending',
    lacks: 'a send is marked as started before it leaves',
    file: `${LUA}/start.lua`,
    from: "redis.call('HSET', effects, id .. '/state', 'started', id .. '/at', args.now)",
    to: '',
    breaks: ['doubled'],
    under: 'killed-send',
  },
  {
    name: 'in-doubt',
    lacks: 'a send whose answer was lost is not simply repeated',
    file: NEXT_STEP,
    from: "if (answer.state === 'in-doubt' && !isRepeatable) return",
    to: 'if (answer.state === undefined) return',
    breaks: ['doubled'],
    under: 'lost-answers',
  },
  {
    name: 'looked-for',
    lacks: 'what is found at the network is not sent again',
    file: NEXT_STEP,
    from: "if (found.state === 'found') return",
    to: 'if (found.state === undefined) return',
    breaks: ['doubled'],
    under: 'killed-send',
  },
  {
    name: 'last-word',
    lacks: 'a claim is acknowledged only when the bot has said its last word',
    file: 'src/handoff/desk/transitions.ts',
    from: 'await outbox.silence(customer)',
    to: '',
    breaks: ['talked-over'],
    under: 'slow-send',
  },
  {
    name: 'shown-to-a-person',
    lacks: 'what could not be sent becomes a ticket',
    file: 'src/outbox/finish-send.ts',
    from: 'await events.failed({ customer, effect: effect.id, channel, because })',
    to: '',
    breaks: ['ticket-lost'],
    under: 'refusals',
  },
  {
    name: 'outbox-order',
    lacks: 'what was decided first leaves first',
    file: `${LUA}/commit.lua`,
    from: "redis.call('RPUSH', outbox, effect.id)",
    to: "redis.call('LPUSH', outbox, effect.id)",
    breaks: ['out-of-order'],
    under: 'two-effects',
  },
  {
    name: 'silence-while-owned',
    lacks: 'the bot takes no turn in a case that a person has',
    file: 'src/turn/turn.ts',
    from: 'if (open.owner !== BOT) return listen(context, open, current, turn, now)',
    to: '',
    breaks: ['talked-over'],
    under: 'owned-case',
  },
  {
    name: 'durable-before-200',
    lacks: 'a delivery is acknowledged only once it is kept',
    file: 'src/channels/webhook.ts',
    from: 'if (events.length > 0) await deliver(channel.name, events)',
    to: 'if (events.length > 0) deliver(channel.name, events).catch(() => {})',
    breaks: ['lost'],
    under: 'redis-killed',
  },
  {
    name: 'keep-last-if-active',
    lacks: 'what comes while a job is in hand makes it run again',
    file: 'src/redis/queue/keyed-queue.ts',
    from: 'keepLastIfActive: true, ',
    to: '',
    breaks: ['without-outcome', 'lost', 'unsettled'],
    under: 'duplicates',
  },
  {
    name: 'sweep',
    lacks: 'whoever waits without a job gets one',
    file: 'src/redis/queue/keyed-queue.ts',
    from: "for (const { value, score } of lost) await add(value, 0, at - score > RAISE_MS ? 'first' : 'later')",
    to: '',
    breaks: ['lost', 'unsettled'],
    under: 'killed-desk',
  },
]

export function findWeakness(name: string): Weakness {
  const weakness = WEAKNESSES.find((one) => one.name === name)
  if (!weakness) throw new Error(`there is no weakness \`${name}\``)
  return weakness
}

/** The source without the mechanism; throws if the statement does not stand there exactly once. */
export function weaken({ name, file, from, to }: Removal, source: string): string {
  const [before, ...after] = source.split(from)
  if (after.length !== 1)
    throw new Error(`\`${name}\` wants to replace \`${from}\`, which stands ${after.length} times in ${file}`)
  return `${before}${to}${after[0]}`
}

/** The product's file without the mechanism; throws if it is no longer where the table says. */
export const weakenedSource = (removal: Removal): string =>
  weaken(removal, readFileSync(new URL(`../${removal.file}`, import.meta.url), 'utf8'))
