// `replay`: compares what another content would decide on recorded turns.
import { readFile } from 'node:fs/promises'
import { contentOf, formatProblem } from '#content/load'
import { compare, openVersionStore } from '#releases'
import { MOST_TURNS, openTurnRecordings, type RecordedTurn, recordedTurn, type TurnOutcome } from '#releases/simulator'
import { type Command, optionOf, type ParsedArguments } from '../command.ts'
import { readLines, WrongUse, writeLine } from '../json-lines.ts'
import { contentDir, openContent, openLocalEngine } from '../local-engine.ts'
import { NotRunning, withServiceRedis } from '../service-redis.ts'

type Io = Parameters<Command['run']>[1]
/** Turns, and the folder or content that they are compared with. */
type Recording = {
  readonly turns: readonly RecordedTurn[]
  readonly left: number
  readonly against: Awaited<ReturnType<typeof openContent>>['content']
}

export const replay: Command = {
  usage: 'replay --content DIR --from FILE|--last N [--against DIR] [--json]',
  does: 'Which outcomes and replies of recorded turns the content in DIR would change, side by side; --last: of the running service.',
  options: {
    content: { type: 'string' },
    from: { type: 'string' },
    against: { type: 'string' },
    last: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(args, io) {
    const draft = optionOf(args, 'content')
    const [file, last] = [optionOf(args, 'from'), optionOf(args, 'last')]
    if (draft === undefined || (file === undefined) === (last === undefined))
      throw new WrongUse('`--content DIR` and either `--from FILE` or `--last N` are needed')
    const { content } = await openContent(draft)
    const { turns, left, against } = await (file === undefined ? lastTurns(args, io) : turnsOf(file, args, io))
    // What is replayed was understood already: the embedded engine is the same for both, and asks nobody.
    const engine = await openLocalEngine(draft, io, 'embedded')
    try {
      const before = await engine.with(against)
      const compared = await compare(before, engine.context, turns)
      const count = compared.filter(({ changed }) => changed).length
      for (const { turn, ...ends } of compared) {
        if (args.options.json) await writeLine(io.output, { id: turn.id, ...ends })
        else if (ends.changed) io.output.write(sideBySide(turn, ends.before, ends.after))
      }
      const more = left > 0 ? `; ${left} more could not be replayed` : ''
      io.errors.write(
        `${count} of ${turns.length} turns would change (${against.version} -> ${content.version})${more}\n`,
      )
      return count > 0 ? 1 : 0
    } finally {
      await engine.close()
    }
  },
}

async function turnsOf(file: string, args: ParsedArguments, io: Io): Promise<Recording> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new WrongUse(`\`${file}\` cannot be read`)
  })
  const { content } = await openContent(optionOf(args, 'against') ?? contentDir({ ...args, options: {} }, io))
  return { turns: readLines(file, text, recordedTurn), left: 0, against: content }
}

/** The last turns that the running service took, against what serves now. */
async function lastTurns(args: ParsedArguments, io: Io): Promise<Recording> {
  const count = Number(optionOf(args, 'last'))
  if (!Number.isInteger(count) || count < 1 || count > MOST_TURNS)
    throw new WrongUse(`\`--last\`: expected a number from 1 to ${MOST_TURNS}`)
  const other = optionOf(args, 'against')
  return withServiceRedis(io.config, async ({ main }) => {
    const store = openVersionStore(main)
    const { value } = await store.state()
    const files = value && (await store.files(value.live))
    if (!value || !files) throw new NotRunning('nothing is released there yet')
    const read = other === undefined ? contentOf(files, value.live) : await openContent(other)
    if ('problems' in read) throw new NotRunning(read.problems.map(formatProblem).join('\n'))
    const recorded = openTurnRecordings(main, { keepMs: io.config.keepMs, now: Date.now })
    const { turns, notReplayed } = await recorded.last(count)
    return { turns, left: notReplayed, against: read.content }
  })
}

function sideBySide({ id, text }: RecordedTurn, before: TurnOutcome, after: TurnOutcome): string {
  const end = ({ outcome, rule, replies }: TurnOutcome) =>
    `${outcome} because of ${rule}${replies.map((reply) => `\n          “${reply}”`).join('')}`
  return `${id}: “${text}”\n  before: ${end(before)}\n  after:  ${end(after)}\n`
}
