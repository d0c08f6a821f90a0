// Parses a command line, runs the command and returns its exit code.
import { parseArgs } from 'node:util'
import { ConfigError, readConfig } from '#app'
import type { Command } from './command.ts'
import { knowledgeCalibrate } from './commands/calibrate.ts'
import { chat } from './commands/chat.ts'
import { checkContent } from './commands/check.ts'
import { converse } from './commands/converse.ts'
import { knowledgeEval } from './commands/eval.ts'
import { exportContent } from './commands/export.ts'
import { lineCommands } from './commands/line-commands.ts'
import { outboxDrop, outboxList, outboxRetry, outboxShow } from './commands/outbox.ts'
import { replay } from './commands/replay.ts'
import { type Streams, WrongUse } from './json-lines.ts'
import { BadContent } from './local-engine.ts'
import { NotRunning } from './service-redis.ts'

const COMMANDS: Readonly<Record<string, Command>> = {
  ...lineCommands,
  'knowledge eval': knowledgeEval,
  'knowledge calibrate': knowledgeCalibrate,
  'content check': checkContent,
  'content export': exportContent,
  replay,
  'outbox list': outboxList,
  'outbox show': outboxShow,
  'outbox retry': outboxRetry,
  'outbox drop': outboxDrop,
  chat,
  converse,
}

/** Runs one command line and resolves to its exit code: 0 fine, 1 a finding, 2 wrong use. */
export async function runCommand(args: readonly string[], io: Streams, variables?: NodeJS.ProcessEnv): Promise<number> {
  if (args.length === 0 || ['help', '--help', '-h'].includes(args[0] ?? '')) {
    const asked = args.length > 0
    ;(asked ? io.output : io.errors).write(help())
    return asked ? 0 : 2
  }
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find((one) => one in COMMANDS)
  const command = name === undefined ? undefined : COMMANDS[name]
  if (name === undefined || !command) {
    io.errors.write(`there is no command \`${args.slice(0, 2).join(' ')}\`\n\n${help()}`)
    return 2
  }
  try {
    const { values, positionals } = readOptions(command, args.slice(name.split(' ').length))
    return await command.run({ options: values, rest: positionals }, { ...io, config: readConfig(variables) })
  } catch (error) {
    if (error instanceof WrongUse) {
      io.errors.write(`${error.message}\n\nusage: warmline ${command.usage}\n`)
      return 2
    }
    if (!(error instanceof BadContent || error instanceof ConfigError || error instanceof NotRunning)) throw error
    io.errors.write(`${error.message}\n`)
    return 1
  }
}

function readOptions({ options }: Command, args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message.replace(/\. To specify.*/s, '') : String(error))
  }
}

function help(): string {
  const lines = Object.values(COMMANDS).map(({ usage, does }) => `  warmline ${usage}\n      ${does}`)
  return `usage: warmline COMMAND …\n\n${lines.join('\n')}\n  warmline help\n      This text.\n
Content is read from --content DIR, else WARMLINE_CONTENT_DIR, else Warmline's own folder.
Exit codes: 0 fine, 1 a finding (a bad line, a failing example, a change), 2 wrong use.\n`
}
