import { describe, expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '#config'

const problem = (variables: Record<string, string>): string => {
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
    [{ WARMLINE_ROLES: 'web,cook' }, '`WARMLINE_ROLES'],
    [{ REDIS_URL: 'localhost:6379' }, '`REDIS_URL`'],
    [{ WARMLINE_ADMIN_EMAIL: 'a@b.example', WARMLINE_ADMIN_PASSWORD: 'short' }, '`WARMLINE_ADMIN_PASSWORD`'],
    [{ NODE_ENV: 'production', WARMLINE_BOT_FRAMEWORK_UNSIGNED: 'on' }, '`WARMLINE_BOT_FRAMEWORK_UNSIGNED`'],
  ])('%j is refused by name', (variables, name) => {
    expect(problem(variables as Record<string, string>)).toContain(name)
  })

  test('the playground is off in production unless it is asked for', () => {
    expect(readConfig({ NODE_ENV: 'production' }).playground).toBe(false)
    expect(readConfig({ NODE_ENV: 'production', WARMLINE_PLAYGROUND: 'on' }).playground).toBe(true)
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
