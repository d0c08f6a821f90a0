// `outbox …`: lists, shows, retries and drops dead letters over the Redis of the running service.
import { pino } from 'pino'
import { type DeadLetter, type DeadLetters, openDeadLetters, RETRIED } from '#outbox/dead-letters'
import { type Command, JSON_LINES, type ParsedArguments } from '../command.ts'
import { type Streams, WrongUse, writeLine } from '../json-lines.ts'
import { withServiceRedis } from '../service-redis.ts'

const BY = 'an operator at the command line'

type Config = Parameters<Command['run']>[1]['config']

const withOutbox = <T>(config: Config, work: (stuck: DeadLetters) => Promise<T>): Promise<T> =>
  withServiceRedis(config, async (connections) => {
    const operator = await openDeadLetters(connections, pino({ level: 'silent' }), Date.now)
    return work(operator).finally(operator.close)
  })

function idOf({ rest }: ParsedArguments): string {
  const [id, ...more] = rest
  if (id === undefined || more.length > 0) throw new WrongUse('one ID is needed, as `warmline outbox list` shows it')
  return id
}

const asJson = ({ since, ...held }: DeadLetter) => ({ ...held, since: new Date(since).toISOString() })
const isWanted = ({ options }: ParsedArguments) => options.json === true

/** Ids, kinds and reasons; nothing that anybody wrote, and nobody's id. */
function inShort(held: DeadLetter): object {
  const { customer: _, caseId: __, ...short } = asJson(held)
  return short
}

function line({ id, kind, channel, state, since, attempts, because }: DeadLetter): string {
  const what = `${channel ?? '-'} ${kind}`.padEnd(24)
  return `${id}  ${state.padEnd(10)}  ${what}  ${new Date(since).toISOString()}  tries: ${attempts}  ${because}\n`
}

export const outboxList: Command = {
  usage: 'outbox list [--json]',
  does: 'What is stuck on its way to customers, newest first, and what is slow.',
  options: JSON_LINES,
  run: (args, io) =>
    withOutbox(io.config, async (stuck) => {
      const all = await stuck.list()
      for (const held of all) {
        if (isWanted(args)) await writeLine(io.output, inShort(held))
        else io.output.write(line(held))
      }
      if (all.length === 0) io.errors.write('nothing is stuck, and nothing is slow\n')
      return 0
    }),
}

export const outboxShow: Command = {
  usage: 'outbox show ID [--json]',
  does: 'One of them, with its case and its words.',
  options: JSON_LINES,
  async run(args, io) {
    const id = idOf(args)
    return withOutbox(io.config, async (stuck) => {
      const found = await stuck.read(id)
      if (!found) return missing(io, id)
      const { privateData: _, ...held } = found
      if (isWanted(args)) await writeLine(io.output, asJson(held))
      else
        for (const [name, value] of Object.entries(asJson(held))) io.output.write(`${`${name}:`.padEnd(10)} ${value}\n`)
      return 0
    })
  },
}

export const outboxRetry: Command = {
  usage: 'outbox retry ID [--json]',
  does: 'Tries one of them again. What is in doubt may have arrived: look on the network first.',
  options: JSON_LINES,
  async run(args, io) {
    const id = idOf(args)
    return withOutbox(io.config, async (stuck) => {
      const done = await stuck.retry(id, BY)
      return done === 'not' ? missing(io, id) : told(args, io, { id, done, because: RETRIED[done] })
    })
  },
}

export const outboxDrop: Command = {
  usage: 'outbox drop ID [--json]',
  does: 'Gives one of them up for good; its words are forgotten here.',
  options: JSON_LINES,
  async run(args, io) {
    const id = idOf(args)
    return withOutbox(io.config, async (stuck) => {
      if (!(await stuck.drop(id, BY))) return missing(io, id)
      return told(args, io, { id, done: 'dropped', because: 'it is given up' })
    })
  },
}

async function told(args: ParsedArguments, { output }: Streams, done: { id: string; done: string; because: string }) {
  if (isWanted(args)) await writeLine(output, done)
  else output.write(`${done.id}: ${done.because}\n`)
  return 0
}

function missing({ errors }: Streams, id: string): number {
  errors.write(`nothing that is stuck has the id \`${id}\`\n`)
  return 1
}
