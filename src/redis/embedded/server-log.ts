// Explains why a Redis server ended, from the last lines of its log.
import { access, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ServerBinary } from './find-server.ts'

const READ_BYTES = 16 * 1024
/** `pid:role date # message`; `#` is what Redis marks as a warning. */
const LINE = /^(?<pid>\d+):[A-Z] .{20,30} (?<level>[.\-*#]) (?<text>.*)$/
const DAMAGED = /append only file (?<name>[\w.-]+\.(?:aof|rdb))/

/** What the process said last, if that was a warning. */
export async function lastWarning(log: string, pid: number): Promise<string | undefined> {
  const lines = (await readEnd(log)).split('\n').map((line) => LINE.exec(line)?.groups)
  const last = lines.findLast((line) => line?.pid === String(pid) && line.text?.trim())
  return last?.level === '#' ? last.text : undefined
}

async function readEnd(path: string): Promise<string> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    const length = Math.min(size, READ_BYTES)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8')
  } catch {
    return ''
  }
}

/**
 * The warning in an operator's words: of a damaged file which it is, and how to mend it. What Redis read there is not
 * repeated, for that may be a customer's words.
 */
export async function explain(warning: string, data: string, server: ServerBinary): Promise<string> {
  const name = DAMAGED.exec(warning)?.groups?.name
  if (!name) return warning
  const folder = join(data, 'appendonlydir')
  const file = join(folder, name)
  const damaged = `\`${file}\` is damaged, so the embedded Redis cannot read its data`
  if (name.endsWith('.rdb')) return `${damaged}: restore \`${folder}\` from a backup`
  const beside = join(dirname(server.path), 'redis-check-aof')
  const isBeside = await access(beside).then(
    () => true,
    () => false,
  )
  const libraries = Object.entries(server.env).map(([variable, value]) => `${variable}=${quoted(value)} `)
  const command = `${libraries.join('')}${isBeside ? quoted(beside) : 'redis-check-aof'} --fix ${quoted(file)}`
  return `${damaged}. Copy \`${folder}\` to a safe place, then run \`${command}\`: it keeps what stands before the damage and drops what follows. The service then goes on by itself`
}

const quoted = (text: string) => (/^[\w./:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
