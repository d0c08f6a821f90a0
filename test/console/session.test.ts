import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openAccounts } from '#console'
import * as shape from '../../src/console/api/common.schema.ts'
import { startTestRedis } from '../setup/redis.ts'
import { PASSWORD, postJson, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const HOUR = 3_600_000
const detail = async (answer: Response) => shape.problem.parse(await answer.json()).detail
const signIn = (email: string, password: string, headers?: Record<string, string>) =>
  postJson(`${service.url}/api/session`, { email, password }, headers)

describe('signing in', () => {
  test('sets a cookie that scripts cannot read, and says who it is', async () => {
    const answer = await signIn('ADA@warmline.test', PASSWORD)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toMatch(/^warmline_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(await answer.json()).toEqual({
      user: { email: 'ada@warmline.test', name: 'Ada', roles: ['agent'], teams: [], languages: [], capacity: 5 },
    })
  })

  test.each([
    ['a wrong password', 'ada@warmline.test', 'guess'],
    ['an unknown e-mail', 'nobody@warmline.test', PASSWORD],
  ])('with %s fails, and does not say which of the two was wrong', async (_, email, password) => {
    const answer = await signIn(email, password)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await detail(answer)).toBe('the e-mail or the password is wrong')
  })

  test('is stopped after ten wrong tries, even with the right password', async () => {
    for (let tries = 0; tries < 10; tries++) expect((await signIn('bo@warmline.test', 'guess')).status).toBe(401)
    const answer = await signIn('bo@warmline.test', PASSWORD)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(800)
    await service.accounts.attempts.clear('bo@warmline.test')
    expect((await signIn('bo@warmline.test', PASSWORD)).status).toBe(200)
  })

  test('is counted by address too, and a stranger cannot choose the address', async () => {
    const counts = new Set<number>()
    for (let tries = 0; tries < 61; tries++) {
      counts.add(await service.accounts.attempts.take(`guess-${tries}@warmline.test`, '203.0.113.7'))
    }
    expect([...counts].filter((wait) => wait > 0)).toHaveLength(1)
  })
})

describe('a session', () => {
  test('lies in Redis by its hash alone', async () => {
    const { cookie } = await service.enter('ada@warmline.test')
    const token = cookie.split('=')[1] ?? 'none'
    const keys = await service.redis.keys('warmline:*')
    expect(keys.some((key) => key.startsWith('warmline:session:'))).toBe(true)
    expect(keys.join()).not.toContain(token)
  })

  test('ends by signing out', async () => {
    const ada = await service.enter('ada@warmline.test')
    expect((await ada.get('/api/session')).status).toBe(200)
    expect((await ada.remove('/api/session')).status).toBe(204)
    expect((await ada.get('/api/session')).status).toBe(401)
  })

  test('ends after 8 hours without use and after 24 hours in any case', async () => {
    let now = Date.parse('2026-05-04T09:00:00Z')
    const { sessions } = openAccounts(service.redis, { now: () => now })
    const token = await sessions.start('ada@warmline.test')
    const ttl = async () => {
      const keys = await service.redis.keys('warmline:session:*')
      return Math.max(...(await Promise.all(keys.map((key) => service.redis.pTTL(key)))))
    }
    expect(await ttl()).toBeLessThanOrEqual(8 * HOUR)
    now += 23 * HOUR
    expect(await sessions.find(token)).toMatchObject({ email: 'ada@warmline.test' })
    now += 2 * HOUR
    expect(await sessions.find(token)).toBeUndefined()
  })

  test('ends when the password changes, and not when the same admin is set again at a restart', async () => {
    const root = await service.enter('root@warmline.test')
    await service.accounts.upsertAdmin('root@warmline.test', PASSWORD)
    expect((await root.get('/api/session')).status).toBe(200)
    await service.accounts.upsertAdmin('root@warmline.test', 'another harbour entirely')
    expect((await root.get('/api/session')).status).toBe(401)
    await service.accounts.upsertAdmin('root@warmline.test', PASSWORD)
  })

  test('of an https address is bound to it and to TLS', async () => {
    const secure = await startService({ publicUrl: 'https://warmline.test', secureCookies: true })
    const answer = await postJson(`${secure.url}/api/session`, { email: 'ada@warmline.test', password: PASSWORD })
    await secure.close()
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-warmline_session=.*; Path=\/; HttpOnly; .*; Secure$/)
  })
})

describe('the admin whom the environment names', () => {
  const EMAIL = 'first@warmline.test'
  const canEnter = async (password: string) => (await service.accounts.check(EMAIL, password)) !== undefined
  const person = { email: EMAIL, name: 'First', roles: ['admin'] as const }

  test('is made, and has the password that the variable has now', async () => {
    const { accounts } = service
    expect(await accounts.upsertAdmin(EMAIL, 'the first harbour')).toBe('set')
    expect(await accounts.upsertAdmin(EMAIL, 'the second harbour')).toBe('set')
    expect([await canEnter('the first harbour'), await canEnter('the second harbour')]).toEqual([false, true])
  })

  test('keeps a password that was changed in the console, at every start', async () => {
    const { accounts } = service
    await accounts.upsert(person, 'changed by a person')
    for (const variable of ['the second harbour', 'the third harbour', 'the second harbour'])
      expect(await accounts.upsertAdmin(EMAIL, variable)).toBe('password changed')
    expect([await canEnter('changed by a person'), await canEnter('the second harbour')]).toEqual([true, false])
    // Once the variable says the same, it leads again.
    expect(await accounts.upsertAdmin(EMAIL, 'changed by a person')).toBe('set')
    expect(await accounts.upsertAdmin(EMAIL, 'the fourth harbour')).toBe('set')
    expect(await canEnter('the fourth harbour')).toBe(true)
  })

  test('keeps the roles that an admin left them', async () => {
    const { accounts } = service
    await accounts.upsert({ ...person, roles: ['editor'] })
    expect(await accounts.upsertAdmin(EMAIL, 'the fourth harbour')).toBe('set')
    expect(await accounts.check(EMAIL, 'the fourth harbour')).toMatchObject({ roles: ['editor'] })
  })

  test('does not come back once removed', async () => {
    const { accounts } = service
    await accounts.remove(EMAIL)
    for (const variable of ['the fourth harbour', 'the fifth harbour'])
      expect(await accounts.upsertAdmin(EMAIL, variable)).toBe('removed')
    expect(await canEnter('the fourth harbour')).toBe(false)
  })

  test('comes back where nobody else could let people in', async () => {
    const { connections, close } = await startTestRedis()
    try {
      const accounts = openAccounts(connections.main, { now: Date.now })
      await accounts.upsertAdmin(EMAIL, 'the first harbour')
      await accounts.upsert({ ...person, roles: ['agent'] }, 'changed by a person')
      expect(await accounts.upsertAdmin(EMAIL, 'the first harbour')).toBe('set')
      expect(await accounts.check(EMAIL, 'the first harbour')).toMatchObject({ roles: ['agent', 'admin'] })
    } finally {
      await close()
    }
  })

  test('of an earlier version keeps the password it has', async () => {
    const { accounts } = service
    const old = { email: 'old@warmline.test', name: 'Old', roles: ['admin'] as const }
    await accounts.upsert(old, 'changed by a person')
    expect(await accounts.upsertAdmin(old.email, 'leaked long ago')).toBe('password changed')
    expect(await accounts.check(old.email, 'leaked long ago')).toBeUndefined()
    await accounts.remove(old.email)
  })
})

describe('what another site’s page sends', () => {
  test.each([
    ['by its origin', { origin: 'https://evil.test' }],
    ['by an opaque origin', { origin: 'null' }],
    ['by the browser’s own word', { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling host', { 'sec-fetch-site': 'same-site' }],
  ])('is refused %s', async (_, headers) => {
    const { cookie } = await service.enter('ada@warmline.test')
    const { id } = await service.handOver('csrf', ['private', 'Is anybody there?'])
    const answer = await fetch(`${service.url}/api/tickets/${id}/claim`, {
      method: 'POST',
      headers: { cookie, ...headers } as Record<string, string>,
    })
    expect(answer.status).toBe(403)
    expect(await detail(answer)).toContain('another site')
    expect(await service.desk.read(id)).toMatchObject({ state: 'waiting' })
  })

  test('is refused as a form', async () => {
    const { cookie } = await service.enter('ada@warmline.test')
    const answer = await fetch(`${service.url}/api/tickets/csrf/notes`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'text/plain' },
      body: '{"text":"hello"}',
    })
    expect(answer.status).toBe(415)
  })

  test('is not confused with our own page', async () => {
    const ada = await service.enter('ada@warmline.test')
    const own = { cookie: ada.cookie, origin: 'http://warmline.test' }
    const { id } = await service.handOver('own', ['private', 'Is anybody there?'])
    expect((await postJson(`${service.url}/api/tickets/${id}/notes`, { text: 'hello' }, own)).status).toBe(200)
  })
})

describe('who may do what', () => {
  test.each([
    ['nobody', '/api/tickets', 401],
    ['nobody', '/api/events', 401],
    ['eve@warmline.test', '/api/tickets', 403],
    ['eve@warmline.test', '/api/content', 200],
    ['ada@warmline.test', '/api/tickets', 200],
    ['ada@warmline.test', '/api/people', 403],
    ['root@warmline.test', '/api/tickets', 200],
    ['root@warmline.test', '/api/people', 200],
  ])('%s asking for %s gets %i', async (email, path, status) => {
    const caller = await service.enter(email)
    expect((await caller.get(path)).status).toBe(status)
  })

  test('an admin adds a colleague, who can sign in, and removes them, which ends their sessions', async () => {
    const root = await service.enter('root@warmline.test')
    const cy = { email: 'Cy@warmline.test', name: 'Cy', roles: ['agent'] }
    expect((await root.post('/api/people', cy)).status).toBe(400)
    expect((await root.post('/api/people', { ...cy, password: PASSWORD })).status).toBe(200)
    const caller = await service.enter('cy@warmline.test')
    expect((await caller.get('/api/tickets')).status).toBe(200)
    expect((await root.remove('/api/people/cy%40warmline.test')).status).toBe(204)
    expect((await caller.get('/api/tickets')).status).toBe(401)
  })

  test('an admin says for whom somebody works, in which languages and how much; they say whether they are on duty', async () => {
    const root = await service.enter('root@warmline.test')
    const di = { email: 'di@warmline.test', name: 'Di', roles: ['agent'], password: PASSWORD }
    expect((await root.post('/api/people', { ...di, capacity: 0 })).status).toBe(400)
    const work = { teams: ['returns'], languages: ['fr'], capacity: 3 }
    expect((await root.post('/api/people', { ...di, ...work })).status).toBe(200)
    const caller = await service.enter('di@warmline.test')
    expect(await (await caller.get('/api/session')).json()).toMatchObject({ user: work, presence: 'off-duty' })
    expect((await caller.put('/api/session/presence', { presence: 'on-duty' })).status).toBe(204)
    const { colleagues } = (await (await root.get('/api/colleagues')).json()) as { colleagues: object[] }
    expect(colleagues).toContainEqual({ ...work, email: di.email, name: 'Di', presence: 'on-duty', holding: 0 })
    // What a change does not name stays.
    expect((await root.post('/api/people', { email: di.email, name: 'Dido', roles: ['agent'] })).status).toBe(200)
    expect(await (await caller.get('/api/session')).json()).toMatchObject({ user: { name: 'Dido', ...work } })
    await root.remove('/api/people/di%40warmline.test')
  })

  test('an admin cannot lock the last door behind themselves', async () => {
    const root = await service.enter('root@warmline.test')
    const body = { email: 'root@warmline.test', name: 'Root', roles: ['agent'] }
    expect((await root.post('/api/people', body)).status).toBe(409)
    expect((await root.remove('/api/people/root@warmline.test')).status).toBe(409)
  })
})
