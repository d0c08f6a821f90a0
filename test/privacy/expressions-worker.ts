// Finds every regular expression of the pure parts by reading their sources, and tries each on texts made to keep it
// busy. Says which one it is at before each, so that whoever waits knows which one never ends.
import { readdirSync, readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { parseSync } from 'vite'

export type Progress = { readonly at: string } | { readonly done: number; readonly unread: readonly string[] }

const ROOT = new URL('../../', import.meta.url)
const PARTS = ['src/privacy/', 'src/gate/']
const PLACE = /src\/(?:privacy|gate)\/(?:[a-z-]+\/)*[a-z-]+\.ts:\d+/
/** Longer than nearly every message, shorter than the longest that is read in one piece. */
const LENGTH = 2000

type Node = { readonly type?: string; readonly start?: number; readonly [key: string]: unknown }

const expressions = new Map<string, RegExp>()
/** Places of `new RegExp` that have been run. */
const built = new Set<string>()

/** Every `new RegExp` of the parts is noted as it is made. */
function watch(): void {
  globalThis.RegExp = new Proxy(RegExp, {
    construct(target, args, newTarget) {
      const made: RegExp = Reflect.construct(target, args, newTarget)
      const place = PLACE.exec((new Error().stack ?? '').split('\n')[2] ?? '')?.[0]
      if (place !== undefined) {
        built.add(place)
        expressions.set(`${place} ${made}`, made)
      }
      return made
    },
  })
}

function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, see)
  else if (typeof node === 'object' && node !== null && !(node instanceof RegExp)) {
    see(node as Node)
    for (const child of Object.values(node)) visit(child, see)
  }
}

/** Reads the literals of a file, and says where it builds others. */
function read(file: string): string[] {
  const code = readFileSync(new URL(file, ROOT), 'utf8')
  const places: string[] = []
  visit(parseSync(file, code).program, (node) => {
    const place = `${file}:${code.slice(0, node.start).split('\n').length}`
    if (node.type === 'Literal' && 'regex' in node) {
      const { pattern, flags } = node.regex as { pattern: string; flags: string }
      expressions.set(`${place} /${pattern}/${flags}`, new RegExp(pattern, flags))
    }
    const { callee } = node as { callee?: { name?: string } }
    if ((node.type === 'NewExpression' || node.type === 'CallExpression') && callee?.name === 'RegExp')
      places.push(place)
  })
  return places
}

/** What an expression may be looking for: its words, its signs, and one of each kind that it names. */
function piecesOf({ source }: RegExp): string[] {
  const words = [...new Set(source.replace(/\\p\{[^}]*\}|\\./g, ' ').match(/\p{L}{2,}/gu) ?? [])].slice(0, 5)
  const signs = Array.from(' .-@_/:#+(",%&*|1aA0Ol', (sign) => sign).filter(
    (sign) => source.includes(sign) || /[1aA ]/.test(sign),
  )
  return [...new Set([...signs, ...words, '\n', ...words.map((word) => `${word} `)])]
}

function attack(expression: RegExp): void {
  const pieces = piecesOf(expression)
  const search = new RegExp(expression.source, [...new Set([...expression.flags, 'g'])].join(''))
  for (const piece of pieces) {
    for (const other of ['', ...pieces]) {
      const pump = (piece + other).repeat(LENGTH / (piece + other).length)
      for (const text of [pump, `${pieces.at(-1)}${pump}\0`]) Array.from(text.matchAll(search))
    }
  }
}

async function main(tell: (progress: Progress) => void): Promise<void> {
  watch()
  const files = PARTS.flatMap((part) =>
    readdirSync(new URL(part, ROOT), { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${part}${name}`),
  )
  for (const file of files) await import(new URL(file, ROOT).href)
  // What is built of a brand's or a customer's words is built when they are looked for.
  const { checkReply } = await import('#gate')
  const draft = { text: 'Hello, it comes on Friday', audience: 'public', author: 'bot', sources: [] } as const
  const known = [
    { name: 'delivery-day', value: '2026-11-27', lookedUp: true },
    { name: 'status', value: 'waiting at the depot in Leeds', lookedUp: true },
  ]
  const about = {
    dialogs: ['refund'],
    topics: ['refunds'],
    own: true,
    compensation: true,
    says: ['where is my refund'],
  }
  const rule = { rule: 'refunds.public', because: 'Money is private.', overridable: false, ...about }
  const dialogs = [{ id: 'refund', topic: 'refunds', phrases: ['where is my refund', 'my refund is late'] }]
  const privateMatters = { rules: [rule], dialogs }
  checkReply(draft, { links: [], contacts: [], known, avoid: ['no way, sorry'], privateMatters, gaps: ['[your name]'] })
  const places = files.flatMap(read)
  if (typeof workerData === 'string') {
    expressions.clear()
    expressions.set(workerData, new RegExp(workerData))
  }
  for (const [name, expression] of expressions) {
    tell({ at: name })
    attack(expression)
  }
  tell({ done: expressions.size, unread: places.filter((place) => !built.has(place)) })
}

const port = parentPort
if (port) await main((progress) => port.postMessage(progress))
