import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Service, startService } from './service.ts'

let service: Service
let web: string

const FILES = {
  'console/index.html': '<meta content="__CSP_NONCE__"><title>console</title>',
  'playground/index.html': '<title>playground</title>',
  'console/assets/main-1a2b3c.js': `console.log('${'x'.repeat(2000)}')`,
  'console/assets/mark-1a2b3c.svg': '<svg/>',
}

beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), 'warmline-pages-'))
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(web, name)), { recursive: true })
    await writeFile(join(web, name), text)
  }
  service = await startService({ web, playground: true })
})
afterAll(async () => {
  await service.close()
  await rm(web, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(service.url + path, { headers })

describe('the pages', () => {
  test.each([
    ['/console', 'console'],
    ['/console/', 'console'],
    ['/console/tickets/x%3A1', 'console'],
    ['/playground', 'playground'],
    ['/playground/', 'playground'],
  ])('%s shows the %s, also after reloading', async (path, title) => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toContain(`<title>${title}</title>`)
  })

  test.each([
    '/console/assets/gone.js',
    '/console/assets/',
    '/playground/api/none',
    '/console/assets/..%2f..%2f..%2fetc%2fpasswd',
  ])('%s is no page and no file', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toMatch('application/problem+json')
  })

  test('run no script but their own, and are framed by nobody', async () => {
    const answer = await get('/console/')
    const policy = answer.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none'
    expect(policy).toMatch(/^default-src 'self';/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(await answer.text()).toContain(`content="${nonce}"`)
    expect((await get('/console/')).headers.get('content-security-policy')).not.toBe(policy)
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('an asset', () => {
  test('is kept by browsers for good, because its name holds its hash', async () => {
    const answer = await get('/console/assets/main-1a2b3c.js', { 'accept-encoding': 'gzip' })
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(await answer.text()).toBe(FILES['console/assets/main-1a2b3c.js'])
    const again = await get('/console/assets/main-1a2b3c.js', { 'if-none-match': answer.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })

  test('that is a drawing says so', async () => {
    const answer = await get('/console/assets/mark-1a2b3c.svg')
    expect(answer.headers.get('content-type')).toBe('image/svg+xml')
  })
})

test('without the playground, its page is not there', async () => {
  const other = await startService({ web })
  const answer = await fetch(`${other.url}/playground/`)
  await other.close()
  expect(answer.status).toBe(404)
})
