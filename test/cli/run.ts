// Runs one command line in this process, as the `warmline` command does, and keeps what it wrote.
import { PassThrough, Readable } from 'node:stream'
import { runCommand } from '#cli'

export type Ran = { readonly code: number; readonly out: string; readonly err: string }

export async function run(
  args: readonly string[],
  input: string | readonly object[] = '',
  variables: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  const text = typeof input === 'string' ? input : input.map((line) => `${JSON.stringify(line)}\n`).join('')
  const output = new PassThrough()
  const errors = new PassThrough()
  const texts = Promise.all([textOf(output), textOf(errors)])
  const code = await runCommand(args, { input: Readable.from([text]), output, errors }, variables)
  output.end()
  errors.end()
  const [out, err] = await texts
  return { code, out, err }
}

/** The JSON lines of an output. */
export function jsonOf({ out }: Pick<Ran, 'out'>) {
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

async function textOf(stream: Readable): Promise<string> {
  let text = ''
  for await (const part of stream) text += part
  return text
}
