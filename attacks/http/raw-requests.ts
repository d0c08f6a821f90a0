// Requests as bytes, with a request line and headers that no client would send. Drawn from a seed: the same seed draws the same.
import type { Chance } from '../../chaos/chance.ts'

/** Hosts that no URL can be made of, and hosts that only look wrong. */
const HOSTS = [
  'a b',
  '[',
  ']',
  '[::1',
  '[::1]:',
  '[zz]',
  'x:99999',
  'x:abc',
  'x:-1',
  'a<b',
  'a>b',
  'a|b',
  'a^b',
  'a\\b',
  'a/b',
  'a?b',
  'a#b',
  'a@b',
  'user:word@host',
  'a%',
  'a%zz',
  '%00',
  'a..b',
  '.',
  '',
  ':80',
  '::::',
  '0x7f.1',
  '1.2.3.4.5',
  '256.256.256.256',
  'xn--',
  'xn--a',
  'a'.repeat(300),
  'localhost, evil.example',
  'localhost:3978:3978',
  '\xe4\xf6\xfc',
  '\xff\xfe',
  'localhost\t',
  'http://localhost',
] as const
const TARGETS = [
  'http://[',
  'http://[::1',
  'http://',
  'http:///x',
  'http://a b/',
  'http://x:99999/',
  'http://a<b/',
  'https://%/x',
  'ftp://x/',
  'javascript:alert(1)',
  '//[',
  '//x:99999/y',
  '///',
  '/\\[',
  '\\',
  '*',
  '[',
  '%',
  '/%',
  '/%ff',
  '/%00',
  '/%u0041',
  '/%c0%ae%c0%ae/',
  '?',
  '#',
  '/#x',
  '/?%',
  '/?a[__proto__][x]=1',
  '/../../../etc/passwd',
  '/..%2f..%2f..%2fetc%2fpasswd',
  'localhost:80',
  ':80',
  '@',
  '/\xe4\xff',
  '/webhooks/x?crc_token=%',
  '/webhooks/x?crc_token[]=1',
  '/webhooks/meta?hub.mode=subscribe&hub.verify_token=%',
  '/console/%2e%2e/%2e%2e/package.json',
  '/api/cases/%ED%A0%80',
] as const
const PATHS = [
  '/',
  '/health/live',
  '/health/ready',
  '/metrics',
  '/webhooks/x',
  '/webhooks/meta',
  '/api/messages',
  '/api/session',
  '/api/tickets',
  '/api/openapi.json',
  '/playground',
  '/playground/api/posts',
  '/playground/api/timeline?customer=x',
  '/console',
  '/console/assets/x.js',
] as const
const METHODS = [
  ...['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'M-SEARCH', 'PURGE'],
  ...['get', 'G\xcbT', '', 'GET GET', 'X'.repeat(100)],
] as const
const VERSIONS = [
  ...Array(12).fill('HTTP/1.1'),
  'HTTP/1.0',
  'HTTP/0.9',
  'HTTP/2.0',
  'HTTP/1.1 x',
  'http/1.1',
  'HTTP/9',
  '',
]
const NAMES = [
  ...['accept', 'accept-encoding', 'accept-language', 'accept-version', 'authorization', 'cache-control', 'connection'],
  ...['content-encoding', 'content-length', 'content-md5', 'content-type', 'cookie', 'date', 'expect', 'forwarded'],
  ...['host', 'if-none-match', 'keep-alive', 'origin', 'range', 'referer', 'request-id', 'sec-fetch-site', 'te'],
  ...['trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'via', 'x-forwarded-for', 'x-forwarded-host'],
  ...['x-forwarded-proto', 'x-http-method-override', 'x-hub-signature-256', 'x-request-id'],
  ...['x-twitter-webhooks-signature', '__proto__', 'constructor', 'hasownproperty', ''],
] as const
/** Most of what is wrong with these ends in the parser. */
const FRAMING = new Set(['content-length', 'expect', 'host', 'transfer-encoding', ''])
const VALUES = [
  ...[
    '',
    ' ',
    ',',
    ';',
    '=',
    '%',
    '"',
    "'",
    '{',
    '[]',
    '\xff',
    '\xc3\x28',
    '\t',
    '0',
    '-1',
    '1e9',
    '0x10',
    'NaN',
    '1, 2',
  ],
  ...['chunked', 'chunked, chunked', 'identity', 'gzip', 'close', 'keep-alive, upgrade', 'websocket', 'h2c'],
  ...['100-continue', '200-ok', 'null', 'https://evil.example', 'cross-site', 'same-origin', 'sha256=', 'sha256=AAAA'],
  ...['application/json', 'application/json;;;', 'text/plain', 'multipart/form-data', '*/*;q=x', '127.0.0.1', '[::1'],
  ...[
    'warmline_session=',
    'warmline_session=%',
    '=;=;;',
    'Bearer',
    'Bearer \xff',
    'Basic ====',
    'bytes=0-',
    '~1',
    '>=x',
  ],
] as const
const BODIES = ['', '', '', '{}', '[', 'a=b', '\x00\xff', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n', '0\r\n\r\n'] as const

/** Without control characters, which the parser refuses at once, three times of four. */
function noise(chance: Chance): string {
  const lowest = chance.is(0.25) ? 1 : 0x20
  return String.fromCharCode(...Array.from({ length: chance.between(1, 24) }, () => chance.between(lowest, 255)))
}
const withNoise = (text: string, chance: Chance) => {
  const at = chance.between(0, text.length)
  return text.slice(0, at) + noise(chance) + text.slice(at)
}
/** Line ends in a host or a target would make another request of it. */
const oneLine = (text: string) => text.replace(/[\r\n]/g, '')

function host(chance: Chance): string {
  const one = chance.pick(HOSTS)
  return chance.is(0.3) ? oneLine(withNoise(one, chance)) : one
}

function target(chance: Chance): string {
  const one = chance.pick(chance.is(0.7) ? TARGETS : PATHS)
  return chance.is(0.25) ? oneLine(withNoise(one, chance)) : one
}

function header(chance: Chance): string {
  const long = chance.is(0.02) ? 'a'.repeat(chance.between(100, 20_000)) : ''
  const value = chance.pick(VALUES) + long
  const name = chance.pick(chance.is(0.9) ? NAMES.filter((one) => !FRAMING.has(one)) : NAMES)
  return `${name}: ${chance.is(0.15) ? withNoise(value, chance) : value}`
}

const requestOf = (line: string, headers: readonly string[], body = '') =>
  Buffer.from(`${line}\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n${body}`, 'latin1')

/** What is wrong with a drawn request. */
export const KINDS = ['host', 'target', 'host and target', 'headers', 'everything', 'bytes'] as const
export type Kind = (typeof KINDS)[number]

/** One request with something wrong of this kind; what is not wrong is as a client sends it. */
export function drawRequest(kind: Kind, chance: Chance): Buffer {
  const close = 'connection: close'
  const path = chance.pick(PATHS)
  const own = 'host: localhost'
  switch (kind) {
    case 'host':
      return requestOf(`GET ${path} HTTP/1.1`, [`host: ${host(chance)}`, close])
    case 'target':
      return requestOf(`GET ${target(chance)} HTTP/1.1`, [own, close])
    case 'host and target':
      return requestOf(`${chance.pick(['GET', 'HEAD', 'OPTIONS', 'DELETE'])} ${target(chance)} HTTP/1.1`, [
        `host: ${host(chance)}`,
        close,
      ])
    case 'headers': {
      const headers = Array.from({ length: chance.between(1, 8) }, () => header(chance))
      return requestOf(
        `${chance.pick(['GET', 'POST'])} ${path} HTTP/1.1`,
        [own, ...headers, close],
        chance.pick(BODIES),
      )
    }
    case 'everything': {
      const headers = Array.from({ length: chance.between(0, 8) }, () => header(chance))
      const line = `${chance.pick(METHODS)} ${target(chance)} ${chance.pick(VERSIONS)}`
      return requestOf(line, [`host: ${host(chance)}`, ...headers], chance.pick(BODIES))
    }
    case 'bytes': {
      const whole = requestOf(`GET ${path} HTTP/1.1`, [own, header(chance), close])
      for (let times = chance.between(1, 3); times > 0; times--)
        whole[chance.between(0, whole.length - 1)] = chance.between(0, 255)
      return chance.is(0.2) ? whole.subarray(0, chance.between(1, whole.length)) : whole
    }
  }
}
