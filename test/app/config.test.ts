import { describe, expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '#app'

const problem = (variables: NodeJS.ProcessEnv): string => {
  try {
    readConfig(variables)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

describe('the environment', () => {
  test('may be empty: everything has a default', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ port: 3978, roles: ['web', 'worker'], debounceMs: 1500, playground: true })
    expect([config.x, config.facebook, config.botFramework, config.model, config.admin]).toEqual(
      Array(5).fill(undefined),
    )
  })

  test('half a channel is an error that names what is missing', () => {
    const told = problem({ X_USER_ID: '1', X_CONSUMER_KEY: 'k', X_CONSUMER_SECRET: 's' })
    expect(told).toContain('X needs `X_ACCESS_TOKEN` and `X_ACCESS_TOKEN_SECRET` too')
  })

  test.each([
    [{ PORT: 'abc' }, '`PORT`'],
    [{ METRICS_TOKEN: 'short' }, '`METRICS_TOKEN`'],
    [{ PUBLIC_URL: 'ftp://care.example' }, '`PUBLIC_URL`'],
    [{ WARMLINE_ROLES: 'web,cook' }, '`WARMLINE_ROLES'],
    [{ REDIS_URL: 'localhost:6379' }, '`REDIS_URL`'],
    [{ WARMLINE_ADMIN_EMAIL: 'a@b.example', WARMLINE_ADMIN_PASSWORD: 'short' }, '`WARMLINE_ADMIN_PASSWORD`'],
    [
      { NODE_ENV: 'production', PUBLIC_URL: 'https://a.example', WARMLINE_BOT_FRAMEWORK_UNSIGNED: 'on' },
      '`WARMLINE_BOT_FRAMEWORK_UNSIGNED`',
    ],
  ])('%j is refused by name', (variables, name) => {
    expect(problem(variables as Record<string, string>)).toContain(name)
  })

  const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://care.example' }
  const x = Object.fromEntries(
    ['USER_ID', 'CONSUMER_KEY', 'CONSUMER_SECRET', 'ACCESS_TOKEN', 'ACCESS_TOKEN_SECRET'].map((name) => [
      `X_${name}`,
      'v',
    ]),
  )
  test.each([
    [{}, true],
    [{ NODE_ENV: 'test' }, true],
    [{ NODE_ENV: 'staging' }, false],
    [production, false],
    [x, false],
    [{ MicrosoftAppId: 'a', MicrosoftAppPassword: 'b' }, false],
    [{ WARMLINE_BOT_FRAMEWORK_UNSIGNED: 'on' }, false],
  ])('the playground beside %j is on: %s; unless it is asked for', (variables, on) => {
    expect(readConfig(variables).playground).toBe(on)
    expect(readConfig({ ...variables, WARMLINE_PLAYGROUND: 'on' }).playground).toBe(true)
    expect(readConfig({ ...variables, WARMLINE_PLAYGROUND: 'off' }).playground).toBe(false)
  })

  test('is listened for on this machine alone, in production everywhere', () => {
    expect(readConfig({}).host).toBe('127.0.0.1')
    expect(readConfig({ NODE_ENV: 'staging' }).host).toBe('127.0.0.1')
    expect(readConfig(production).host).toBeUndefined()
    expect(readConfig({ ...production, HOST: '10.0.0.7' }).host).toBe('10.0.0.7')
  })

  test('production needs an address with TLS where pages are served', () => {
    const { NODE_ENV } = production
    for (const variables of [{ NODE_ENV }, { NODE_ENV, PUBLIC_URL: 'http://care.example' }])
      expect(problem(variables)).toMatch(/^`PUBLIC_URL`: in production set it .* https/)
    expect(problem({ NODE_ENV, WARMLINE_ROLES: 'worker' })).toBe('')
  })

  test('what is signed in with is known by its name, and a password by its place in an address', () => {
    const { keys } = readConfig({
      OPENAI_API_KEY: 'sk-1',
      OPENAI_MODEL: 'gpt',
      X_USER_ID: '',
      REDIS_URL: 'redis+sentinel://u:one@a:1,b:2/care?sentinel-password=two',
    })
    expect(keys).toEqual(['sk-1', 'one', 'two'])
  })

  test('a key serves a model that answers, one that embeds, or both', () => {
    const key = { OPENAI_API_KEY: 'k' }
    const both = readConfig({ ...key, OPENAI_MODEL: 'm', OPENAI_EMBEDDING_MODEL: 'e' })
    expect([both.model?.model, both.embeddings?.model]).toEqual(['m', 'e'])
    expect(readConfig({ ...key, OPENAI_EMBEDDING_MODEL: 'e' }).model).toBeUndefined()
    expect(problem(key)).toContain('`OPENAI_EMBEDDING_MODEL`')
    expect(problem({ OPENAI_EMBEDDING_MODEL: 'e' })).toContain('`OPENAI_API_KEY`')
    expect(problem({ WARMLINE_MODEL_PRICES: 'cheap' })).toContain('0.15,0.60')
    expect(readConfig({ WARMLINE_MODEL_PRICES: '0.15,0.60' }).modelPrices).toEqual({ input: 0.15, output: 0.6 })
  })

  test('an empty variable is one that was not set', () => {
    expect(readConfig({ PORT: '', X_USER_ID: '' }).port).toBe(3978)
  })
})
