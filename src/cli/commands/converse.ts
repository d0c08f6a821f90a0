// `converse`: plays each line's conversation through the real turn, in memory; nothing is sent and nothing is kept.
import { z } from 'zod'
import { converse as play } from '#releases/simulator'
import { CONTENT, type Command, JSON_LINES, optionOf } from '../command.ts'
import { eachLine, WrongUse } from '../json-lines.ts'
import { contentDir, openLocalEngine } from '../local-engine.ts'

const audience = z.enum(['public', 'private'])
const line = z
  .object({
    audience: audience.default('private'),
    turns: z
      .array(
        z.object({
          text: z.string().trim().min(1, 'a turn needs words'),
          audience: audience.optional(),
          after: z.number().min(0).optional(),
        }),
      )
      .min(1, 'a conversation needs a turn'),
  })
  .transform(({ audience: usual, turns }) =>
    turns.map(({ text, audience: own = usual, after }) => ({
      text,
      audience: own,
      ...(after !== undefined && { after }),
    })),
  )

/** How often a long input is told where we are. */
const EVERY = 50

export const converse: Command = {
  usage: 'converse --json [--content DIR] [--engine embedded|model]',
  does: 'What comes of each conversation {"id", "turns": [{"text", "audience"?, "after"?}]}: outcomes, readings, replies, what was done.',
  options: { ...JSON_LINES, ...CONTENT, engine: { type: 'string' } },
  async run(args, io) {
    const engine = optionOf(args, 'engine')
    if (engine !== undefined && engine !== 'embedded' && engine !== 'model')
      throw new WrongUse(`\`--engine\`: expected embedded or model, not \`${engine}\``)
    if (engine === 'model' && !io.config.model)
      throw new WrongUse('`--engine model`: no language model is configured; set `OPENAI_API_KEY` and `OPENAI_MODEL`')
    const local = await openLocalEngine(contentDir(args, io), io, engine === 'embedded' ? 'embedded' : 'configured')
    let count = 0
    try {
      const bad = await eachLine(
        io,
        line,
        async (turns) => {
          const heard = await play(local.context, turns)
          count += 1
          if (count % EVERY === 0) io.errors.write(`${count} conversations\n`)
          return { turns: heard }
        },
        (error, at) => io.errors.write(`line ${at}: ${error}\n`),
      )
      return bad > 0 ? 2 : 0
    } finally {
      await local.close()
    }
  },
}
