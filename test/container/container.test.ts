// The container files: what a linter says of the Dockerfile, and what compose.yaml gives Warmline and Redis.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { validate } from 'dockerfile-utils'
import { parse } from 'yaml'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile')

  test('has nothing that a linter objects to', () => {
    expect(validate(dockerfile)).toEqual([])
  })

  test('runs as a user without rights, with a health check, and starts the service itself', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
    expect(last).toMatch(/^USER node$/m)
    expect(last).toMatch(/^HEALTHCHECK /m)
    expect(last).toMatch(/^CMD \["node", "src\/main.ts"\]$/m)
    expect(last.indexOf('USER node')).toBeLessThan(last.indexOf('CMD ["node", "src'))
  })

  test('gets no file of secrets, and nothing that only development needs', () => {
    const ignored = read('.dockerignore').trim().split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['.env*', '.git', '.warmline', 'node_modules', 'test']))
  })
})

describe('compose.yaml', () => {
  const service = z.object({
    restart: z.literal('unless-stopped'),
    command: z.string().optional(),
    environment: z.record(z.string(), z.string()).default({}),
    ports: z.array(z.string()).default([]),
    volumes: z.array(z.string()),
    healthcheck: z.object({ test: z.array(z.string()) }).optional(),
    depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).optional(),
  })
  const { services, volumes } = z
    .object({ services: z.object({ warmline: service, redis: service }), volumes: z.record(z.string(), z.null()) })
    .parse(parse(read('compose.yaml')))

  test('sets Redis up as Warmline requires it', () => {
    expect(services.redis.command).toBe(
      'redis-server --appendonly yes --appendfsync always --maxmemory-policy noeviction',
    )
    expect(services.redis.healthcheck?.test).toEqual(['CMD', 'redis-cli', 'ping'])
    expect(services.warmline.depends_on).toEqual({ redis: { condition: 'service_healthy' } })
  })

  test('names only variables that .env.example explains', () => {
    for (const name of Object.keys(services.warmline.environment)) expect(read('.env.example')).toMatch(`${name}=`)
  })

  test('publishes nothing to the world: Redis no port, Warmline one of this machine', () => {
    expect(services.redis.ports).toEqual([])
    expect(services.warmline.ports).toEqual(['127.0.0.1:3978:3978'])
  })

  test('keeps the data of both in volumes', () => {
    const kept = [...services.warmline.volumes, ...services.redis.volumes].map((one) => one.split(':')[0])
    expect(kept.sort()).toEqual(Object.keys(volumes).sort())
  })
})
