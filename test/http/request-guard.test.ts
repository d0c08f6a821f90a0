import { describe, expect, test } from '@jest/globals'
import { withoutAddresses } from '../../src/http/health.ts'
import { refuseMetrics } from '../../src/http/metrics-access.ts'
import { readPath, refuseHost } from '../../src/http/request-guard.ts'

describe('a request target', () => {
  const read = (url: string, host?: string, method = 'GET') => {
    const request = { method, url, headers: host === undefined ? {} : { host } }
    const path = readPath(request)
    return typeof path === 'string' ? { path, url: request.url, host: request.headers.host } : path.status
  }
  test.each([
    ['/console?x=1', 'care.example', { path: '/console', url: '/console?x=1', host: 'care.example' }],
    ['//other.example/x', 'care.example', { path: '//other.example/x', host: 'care.example' }],
    ['/a/../api/session', 'care.example', { path: '/api/session' }],
    ['https://b.example:8443/x?y', 'a.example', { path: '/x', url: '/x?y', host: 'b.example:8443' }],
    ['/x', '[::1]:3978', { path: '/x' }],
    ['/x', undefined, { path: '/x', host: undefined }],
  ] as const)('`%s` for `%s` is a path', (url, host, expected) => {
    expect(read(url, host)).toMatchObject(expected)
  })

  test.each([
    ['/x', 'a b'],
    ['/x', 'a/../b'],
    ['/x', 'a:70000'],
    ['/x', 'a,b:c'],
    ['/x', '[::1'],
    ['/x', 'one@two'],
    ['x', 'care.example'],
    ['*', 'care.example'],
    ['http://%zz/', 'care.example'],
    ['gopher://care.example/', 'care.example'],
    ['care.example:443', 'care.example'],
  ])('`%s` for `%s` is refused', (url, host) => {
    expect(read(url, host)).toBe(400)
  })

  test('the server as a whole may be asked for its options, with a host that is one', () => {
    expect(read('*', 'care.example', 'OPTIONS')).toMatchObject({ path: '*' })
    expect(read('*', 'a b', 'OPTIONS')).toBe(400)
  })
})

describe('a host', () => {
  const production = { publicUrl: 'https://care.example:443', listens: undefined, byAddress: false }
  const development = { publicUrl: undefined, listens: 'box.lan', byAddress: true }
  const refused = (host: string, path: string, hosts: typeof production | typeof development) =>
    refuseHost({ headers: { host }, socket: { localAddress: '::ffff:192.168.7.9' } }, path, hosts)?.status
  test.each([
    ['care.example', '/console', production, undefined],
    ['care.example:8443', '/console', production, undefined],
    ['CARE.example', '/api/session', production, undefined],
    ['127.0.0.1:3978', '/console', production, undefined],
    ['evil.example', '/console', production, 421],
    ['care.example.evil.example', '/api/session', production, 421],
    ['192.168.7.9', '/console', production, 421],
    ['10.1.2.3:3978', '/health/ready', production, undefined],
    ['warmline', '/webhooks/x', production, undefined],
    ['warmline', '/api/messages', production, undefined],
    ['warmline', '/webhooks/x/../../console', production, 421],
    ['localhost:3978', '/playground', development, undefined],
    ['[::1]:3978', '/playground', development, undefined],
    ['box.lan:3978', '/playground', development, undefined],
    ['192.168.7.9:3978', '/playground', development, undefined],
    ['192.168.7.10:3978', '/playground', development, 421],
    ['127.0.0.1.evil.example', '/playground/api/posts', development, 421],
    ['localhost.evil.example', '/playground/api/posts', development, 421],
  ] as const)('`%s` for %s', (host, path, hosts, status) => {
    expect(refused(host, path, hosts)).toBe(status)
  })
})

describe('metrics', () => {
  const from = (remoteAddress: string, authorization?: string) =>
    ({ headers: authorization ? { authorization } : {}, socket: { remoteAddress } }) as never
  const token = 'a token of some length'
  test.each([
    ['127.0.0.1', undefined, { openToLoopback: true }, undefined],
    ['::ffff:127.0.0.1', undefined, { openToLoopback: true }, undefined],
    ['192.0.2.7', undefined, { openToLoopback: true }, 404],
    ['127.0.0.1', undefined, { openToLoopback: false }, 404],
    ['127.0.0.1', undefined, { openToLoopback: true, port: 9100 }, 404],
    ['127.0.0.1', undefined, { openToLoopback: true, token }, 401],
    ['192.0.2.7', `Bearer ${token}`, { openToLoopback: false, token }, undefined],
    ['192.0.2.7', `Bearer ${token}x`, { openToLoopback: false, token }, 401],
    ['192.0.2.7', token, { openToLoopback: false, token }, 401],
  ])('from %s with %s, where %j', (address, authorization, access, status) => {
    expect(refuseMetrics(from(address, authorization), access)?.status).toBe(status)
  })
})

test.each([
  ['see /var/lib/warmline/redis.log', 'see …'],
  ['connect ECONNREFUSED 10.2.3.4:6379', 'connect ECONNREFUSED …'],
  ['no master at redis-1.internal:26379', 'no master at …'],
  [
    'Redis has `appendonly no`: set `appendonly yes` in redis.conf',
    'Redis has `appendonly no`: set `appendonly yes` in redis.conf',
  ],
  ['still starting, or stopping', 'still starting, or stopping'],
])('of %s a stranger reads %s', (because, shown) => {
  expect(withoutAddresses({ part: 'redis', ok: false, because })).toEqual({ part: 'redis', ok: false, because: shown })
})
