// Requests that are malformed, forbidden, or for what is not theirs.
import { randomBytes } from 'node:crypto'
import { inParallel } from '../../bench/service.ts'
import { type Chance, chanceOf } from '../../chaos/chance.ts'
import { type Area, JSON_TYPE, tells, WIDTH } from './area.ts'
import { mutated } from './mutate.ts'
import { drawRequest, KINDS } from './raw-requests.ts'
import { exchange } from './raw-socket.ts'
import type { ROLES, Target } from './target.ts'

export const raw: Area = async ({ target, count, seed, note }) => {
  await inParallel(count, WIDTH, async (n) => {
    const kind = KINDS[n % KINDS.length] ?? 'bytes'
    const bytes = drawRequest(kind, chanceOf(seed, `raw/${n}`))
    const got = await exchange(target.port, bytes)
    note(`raw/${n}, ${kind}`, got, tells(got))
  })
}

const ORIGINS: readonly (readonly [name: string, headers: Readonly<Record<string, string>>, isOwn: boolean])[] = [
  ['no origin', {}, true],
  ['our origin', { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }, true],
  ['another site', { origin: 'https://evil.example' }, false],
  ['an opaque origin', { origin: 'null' }, false],
  ['cross-site', { 'sec-fetch-site': 'cross-site' }, false],
  ['same-site', { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost' }, false],
]
/** What a role must not reach, by path; written down here and not read from the code. */
const FORBIDDEN: Readonly<Partial<Record<(typeof ROLES)[number], RegExp>>> = {
  agent: /^\/api\/(people|policy|outbox|customers|receipts)/,
  supervisor: /^\/api\/(people|customers)/,
  'policy-owner': /^\/api\/(people|tickets|cases|outbox|customers|receipts)/,
  editor: /^\/api\/(people|tickets|cases|outbox|customers|receipts)/,
}

async function operations(target: Target): Promise<{ method: string; path: string }[]> {
  const headers = { cookie: target.cookies.admin }
  const answer = await fetch(`${target.url}/api/openapi.json`, { headers })
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, 'none~1'),
    })),
  )
}

export const endpoints: Area = async ({ target, note }) => {
  const callers = [
    ['nobody', ''],
    ['a made-up cookie', `warmline_session=${randomBytes(32).toString('base64url')}`],
    ...Object.entries(target.cookies),
  ] as const
  const tries = (await operations(target)).flatMap((operation) =>
    callers.flatMap(([who, cookie]) => ORIGINS.map((origin) => ({ ...operation, who, cookie, origin }))),
  )
  await inParallel(tries.length, WIDTH, async (n) => {
    const { method, path, who, cookie, origin } = tries[n] as (typeof tries)[number]
    const [name, headers, isOwn] = origin
    const isUnsafe = method !== 'GET'
    const signsOut = method === 'DELETE' && path === '/api/session'
    const isKnown = !['nobody', 'a made-up cookie'].includes(who)
    // These would take away what the next ones are tried with.
    if (signsOut && isKnown && isOwn) return
    const body = isUnsafe
      ? { body: '{}', headers: { cookie, ...headers, ...JSON_TYPE } }
      : { headers: { cookie, ...headers } }
    const got = await target.send({ method, path, ...body })
    const isSignIn = method === 'POST' && path === '/api/session'
    const forbidden = FORBIDDEN[who as (typeof ROLES)[number]]?.test(path)
    const should = isUnsafe && !isOwn ? 403 : !isKnown && !isSignIn ? 401 : forbidden ? 403 : undefined
    note(
      `${method} ${path} as ${who}, ${name}`,
      got,
      tells(got) || (should !== undefined && got.status !== should && `should be ${should}`),
    )
  })
}

const PARTS = [
  ...[
    '..',
    '%2e%2e',
    '%00',
    '%',
    '%ff',
    '%ED%A0%BD',
    '%F0%9F%98%80',
    '__proto__',
    'constructor',
    'x'.repeat(480),
    '~',
    '~~1',
    'none~1',
  ],
  ...[
    'playground:brand:ana~1',
    'x:1:2~99999999999999999999',
    '{',
    '[]',
    '*',
    "'",
    '"',
    '%0d%0a',
    '%3Cscript%3E',
    '-1',
    '1e9',
    'null',
  ],
]
const QUERIES = [
  '',
  '?state=waiting',
  '?state[]=x',
  '?team=%00',
  '?mine=maybe',
  '?limit=-1',
  '?limit=1e9',
  '?__proto__=1',
  '?a=%',
  '?cursor=%F0',
]
const randomBody = (chance: Chance) =>
  mutated(
    chance.pick([
      { text: 'hello', audience: 'private' },
      { email: 'a@b.example', name: 'A', roles: ['agent'], password: 'long enough, I hope' },
      { note: 'x', promises: 'y', complaint: 'minor', mood: 'neutral', article: 'z', answer: 1 },
      { content: { 'policies/x.yaml': 'rules: []' }, title: 't', text: 't', percent: 5, channels: ['x'] },
      { messages: ['m1'], followUp: '2026-12-01T00:00:00Z' },
    ]),
    chance,
  )

export const parameters: Area = async ({ target, count, seed, note }) => {
  // Nobody is removed and nothing is erased by chance: the later areas need them.
  const all = (await operations(target)).filter(
    ({ method, path }) => method !== 'DELETE' && !/session|erase/.test(path),
  )
  await inParallel(count, WIDTH, async (n) => {
    const chance = chanceOf(seed, `parameters/${n}`)
    const { method, path } = chance.pick(all)
    const filled = path.replaceAll('none~1', () => chance.pick(PARTS)) + chance.pick(QUERIES)
    const cookie = target.cookies.admin
    const got = await target.send(
      method === 'GET'
        ? { path: filled, headers: { cookie } }
        : { method, path: filled, headers: { cookie, ...JSON_TYPE }, body: randomBody(chance) },
    )
    note(`parameters/${n}, ${method} ${filled}`, got, tells(got))
  })
}

export const traversal: Area = async ({ target, note }) => {
  const ups = [
    '..',
    '%2e%2e',
    '%2e.',
    '..%2f..',
    '%252e%252e',
    '..;',
    '....//',
    '%c0%ae%c0%ae',
    '..\\',
    '%5c..',
    '..%00',
  ]
  const bases = ['/console/', '/console/assets/', '/playground/', '/', '/playground/assets/']
  const files = ['etc/passwd', 'package.json', 'src/main.ts', '.warmline/redis.log']
  const paths = bases.flatMap((base) => ups.flatMap((up) => files.map((file) => `${base}${`${up}/`.repeat(6)}${file}`)))
  await inParallel(paths.length, WIDTH, async (n) => {
    const path = paths[n] ?? '/'
    const got = await target.send({ path })
    const isFile = /root:.*:0:0|"warmline"|openHouse|Redis is starting/.test(got.answer)
    note(path, got, tells(got) || (isFile && 'shows a file'))
  })
}

export const hosts: Area = async ({ target, note }) => {
  const names = [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.localhost',
    '192.0.2.7',
    '0.0.0.0',
    '127.0.0.1@evil.example',
  ]
  for (const host of names)
    for (const path of ['/console', '/playground', '/api/session', '/playground/api/timeline?customer=x']) {
      const got = await target.send({ path, headers: { host } })
      note(`${path} of ${host}`, got, got.status !== 421 && got.status !== 400 && 'was served')
    }
}
