// The layers of src/, as docs/develop/architecture.md lists them: a part imports only what stands before it, and other parts
// only through the doors that package.json names under `imports`. Read from the source, values and types.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** Bottom first. `web` runs in the browser and may name the types of the console's API. */
const LAYERS = /^```text layers\n([\s\S]*?)\n```/m
  .exec(read('docs/develop/architecture.md'))?.[1]
  ?.split(/\s+/)
  .filter((word) => word !== '<') ?? ['no layers in docs/develop/architecture.md']

/** Parts that load no client, no server, no file and no timer, whatever they import. */
const PURE = ['lib', 'privacy', 'domain', 'policy', 'dialog', 'gate', 'reply']
/** What a message's way is decided with: nothing there speaks to Redis, to a network or to a browser. */
const WITHOUT_CLIENTS = [...PURE, 'content', 'understanding', 'answer', 'turn', 'handoff']

const CLIENTS =
  /^(?:redis|ioredis|bullmq|botbuilder|restify|pino|prom-client|node:(?:http|https|net|tls|child_process))$/

const DOORS = new Map(
  Object.entries((JSON.parse(read('package.json')) as { imports: Record<string, string> }).imports)
    .filter(([name]) => !name.endsWith('*'))
    .map(([name, file]) => [name, normalize(file)]),
)

type Import = { readonly from: string; readonly specifier: string; readonly to?: string; readonly isType: boolean }

/** Comments and texts may speak of imports: only lines that begin one count. */
const STATEMENT = /^(import|export)\s+(type\s+)?(?:([^'"`;]*?)\s+from\s+)?'([^']+)'/gm

function importsOf(file: string): Import[] {
  return [...read(file).matchAll(STATEMENT)].flatMap(([, , type, clause = '', specifier = '']) => {
    const names = /^\{([\s\S]*)\}$/
      .exec(clause.trim())?.[1]
      ?.split(',')
      .map((name) => name.trim()) ?? ['']
    const isType =
      type !== undefined || (names.filter(Boolean).every((name) => name.startsWith('type ')) && names.some(Boolean))
    const to = specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : DOORS.get(specifier)
    return [{ from: file, specifier, isType, ...(to === undefined ? {} : { to }) }]
  })
}

const FILES = (readdirSync(join(ROOT, 'src'), { recursive: true }) as string[])
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join('src', file))
const IMPORTS = FILES.flatMap(importsOf)

const partOf = (file: string): string => (file.split('/').length > 2 ? (file.split('/')[1] ?? '') : 'main')
const isAcross = ({ from, to }: Import) => to?.startsWith('src/') === true && partOf(from) !== partOf(to)
const line = ({ from, specifier }: Import) => `${from} imports ${specifier}`

describe('the layers', () => {
  test('list every folder of src/, once', () => {
    expect([...new Set(LAYERS)].sort()).toEqual([...new Set(FILES.map(partOf))].sort())
  })

  test('are imported downwards only, types too', () => {
    const rank = (file: string) => LAYERS.indexOf(partOf(file))
    expect(IMPORTS.filter((one) => isAcross(one) && rank(one.from) <= rank(one.to ?? '')).map(line)).toEqual([])
  })

  test('are entered by their doors', () => {
    const byDoor = ({ from, specifier, isType }: Import) =>
      specifier.startsWith('#') || partOf(from) === 'main' || (partOf(from) === 'web' && isType)
    expect(IMPORTS.filter((one) => isAcross(one) && !byDoor(one)).map(line)).toEqual([])
  })

  test('have doors that say what they are for, and what they must not know', () => {
    const folders = LAYERS.filter((part) => part !== 'main')
    for (const part of folders) expect(read(`src/${part}/index.ts`)).toMatch(/^\/\/ .+\n\/\/ .+\n/)
  })
})

describe('a channel', () => {
  test('knows what all networks share, and no other network', () => {
    const network = (file: string) => /^src\/channels\/([^/]+)\//.exec(file)?.[1]
    const others = IMPORTS.filter(({ from, to = '' }) => network(from) && network(to) && network(from) !== network(to))
    expect(others.map(line)).toEqual([])
  })
})

const loads = new Map<string, readonly Import[]>()
for (const one of IMPORTS) if (!one.isType) loads.set(one.from, [...(loads.get(one.from) ?? []), one])

/** The shortest way from a file to each package and file that importing it loads. */
function reachOf(start: string): Map<string, string> {
  const ways = new Map([[start, start]])
  for (const [file, way] of ways) {
    for (const { specifier, to } of loads.get(file) ?? []) {
      const next = to ?? specifier
      if (!ways.has(next)) ways.set(next, `${way} > ${next}`)
    }
  }
  return ways
}

const filesOf = (part: string) => FILES.filter((file) => partOf(file) === part)
const reached = (files: readonly string[], isForbidden: (name: string) => boolean) =>
  files.flatMap((file) => [...reachOf(file)].filter(([name]) => isForbidden(name)).map(([, way]) => way))

describe('importing', () => {
  test.each(PURE)('any file of %s loads no client, server, file or timer', (part) => {
    expect(
      reached(
        filesOf(part),
        (name) => CLIENTS.test(name) || (name.startsWith('node:') && !/crypto|path|util$/.test(name)),
      ),
    ).toEqual([])
  })

  test.each(WITHOUT_CLIENTS)('the door of %s loads no client of Redis, HTTP or a network', (part) => {
    expect(reached([`src/${part}/index.ts`], (name) => CLIENTS.test(name))).toEqual([])
  })

  test('the service loads the Bot Framework SDK only where that channel is set up', () => {
    expect(reached(['src/main.ts'], (name) => name === 'botbuilder')).toEqual([])
    expect(reached(['src/channels/bot-framework/bot-framework.ts'], (name) => name === 'botbuilder')).not.toEqual([])
  })

  test('everything that runs loads them: the check above sees them', () => {
    const all = [...reachOf('src/main.ts').keys()]
    expect(all).toEqual(
      expect.arrayContaining(['redis', 'ioredis', 'bullmq', 'restify', 'pino', 'prom-client', 'node:http']),
    )
  })
})
