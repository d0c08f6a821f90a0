import { describe, expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '#app'
import { readAddress } from '#redis'

describe('REDIS_URL', () => {
  test.each([
    ['redis://127.0.0.1:6380/2', { kind: 'server', url: 'redis://127.0.0.1:6380/2' }],
    ['rediss://ana:secret@redis.example', { kind: 'server', url: 'rediss://ana:secret@redis.example' }],
    [
      'redis+cluster://a.example,b.example:7001,[::1]:7002',
      {
        kind: 'cluster',
        nodes: [
          { host: 'a.example', port: 6379 },
          { host: 'b.example', port: 7001 },
          { host: '::1', port: 7002 },
        ],
        tls: false,
      },
    ],
    [
      'rediss+cluster://ana:p%40ss@a.example',
      { kind: 'cluster', nodes: [{ host: 'a.example', port: 6379 }], username: 'ana', password: 'p@ss', tls: true },
    ],
    [
      'redis+sentinel://:secret@s1,s2:26380/care?sentinel-password=other',
      {
        kind: 'sentinel',
        nodes: [
          { host: 's1', port: 26_379 },
          { host: 's2', port: 26_380 },
        ],
        master: 'care',
        sentinelPassword: 'other',
        password: 'secret',
        tls: false,
      },
    ],
  ])('%s', (url, place) => expect(readAddress(url)).toEqual(place))

  test.each([
    'localhost:6379',
    'http://redis.example',
    'redis+sentinel://s1,s2',
    'redis+cluster://a:99999',
    'redis+cluster://a,,b',
    'redis+cluster://a/care',
    'redis+cluster://%zz:x@a',
  ])('%s is refused, and the forms that there are are named', (url) => {
    const read = () => readConfig({ REDIS_URL: url })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/`REDIS_URL`: should be redis:\/\/host:port, redis\+sentinel/)
  })
})
