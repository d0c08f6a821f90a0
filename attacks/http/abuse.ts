// Too much, too slowly, and as somebody else: large bodies, slow connections, sign-in and sessions.
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { X } from '../../test/service/accounts.ts'
import { type Area, JSON_TYPE, tells } from './area.ts'
import { signed } from './deliveries.ts'
import type { Exchange } from './raw-socket.ts'
import { emailOf, PASSWORD, type Sent } from './target.ts'

const PROBES = 60

export const large: Area = async ({ target, note }) => {
  const mebibyte = 1024 * 1024
  const padded = (size: number) => JSON.stringify({ for_user_id: X.userId, padding: ' '.repeat(size) })
  const cookie = target.cookies.admin
  const bodies: readonly (readonly [string, Sent])[] = [
    ['10 MiB, signed', signed('x', padded(10 * mebibyte))],
    ['2 MiB, signed', signed('facebook', padded(2 * mebibyte))],
    ['2 MiB to the console', { method: 'POST', path: '/api/session', body: padded(2 * mebibyte), headers: JSON_TYPE }],
    [
      '2 MiB to the playground',
      { method: 'POST', path: '/playground/api/dms', body: padded(2 * mebibyte), headers: JSON_TYPE },
    ],
    ['20 KB of a target', { path: `/api/tickets?team=${'x'.repeat(20_000)}`, headers: { cookie } }],
    ['20 KB of a cookie', { path: '/api/tickets', headers: { cookie: 'x'.repeat(20_000) } }],
    ...['gzip', 'deflate', 'br', 'x'].map((encoding) => {
      const body = gzipSync(padded(mebibyte))
      const sent = signed('x', body)
      return [`packed by ${encoding}`, { ...sent, headers: { ...sent.headers, 'content-encoding': encoding } }] as const
    }),
  ]
  for (const [what, sent] of bodies) {
    const got = await target.send(sent)
    // A sender that is cut off may hear no answer.
    const isRefused = got.status === undefined || [400, 413, 415, 431].includes(got.status)
    note(what, got, tells(got) || (!isRefused && 'was taken'))
  }
}

/** Connections that send their requests drop by drop: others are served all the while, half of them within a second. */
export const slow: Area = async ({ target, count, note }) => {
  const starts = [
    'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
    'POST /webhooks/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n{',
    'POST /webhooks/meta HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n',
    'POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
  ]
  const sockets = Array.from({ length: Math.min(count, 1_000) }, (_, n) => {
    const socket = connect({ port: target.port, host: '127.0.0.1' })
    socket.on('error', () => {})
    socket.write(starts[n % starts.length] ?? '')
    return socket
  })
  const probes: Exchange[] = []
  const isSlow = () => (probes.map(({ ms }) => ms).toSorted((a, b) => a - b)[PROBES / 2] ?? 0) > 1_000
  try {
    while (probes.length < PROBES) {
      for (const socket of sockets) if (!socket.destroyed) socket.write('1')
      const got = await target.send({ path: '/health/live' })
      probes.push(got)
      const isLast = probes.length === PROBES
      const wrong = got.status !== 200 ? 'was not served' : isLast && isSlow() && 'half of all took more than a second'
      note(`health beside ${sockets.length} slow connections`, got, wrong)
      await wait(100)
    }
  } finally {
    for (const socket of sockets) socket.destroy()
  }
}

export const sessions: Area = async ({ target, note }) => {
  const words = new Map<string, string>()
  const body = (email: string, password: string) => JSON.stringify({ email, password })
  const enter = (email: string, password: string, headers = {}) =>
    target.send({
      method: 'POST',
      path: '/api/session',
      headers: { ...JSON_TYPE, ...headers },
      body: body(email, password),
    })
  for (let n = 0; n < 8; n++)
    for (const [who, email] of [
      ['known', emailOf('leaver')],
      ['unknown', `nobody-${n}@harbourlane.example`],
    ] as const) {
      const got = await enter(email, `a wrong password ${n}`)
      const said = `${got.status} ${got.answer.split('\r\n\r\n')[1]}`
      words.set(who, said)
      note(`sign-in of somebody ${who}`, got, tells(got) || (got.status !== 401 && 'should be 401'))
    }
  const same = await target.send({ path: '/health/live' })
  note(
    'known and unknown are told the same',
    same,
    words.get('known') !== words.get('unknown') && 'they are told apart',
  )

  const fixed = 'warmline_session=chosen-by-an-attacker'
  const cookie = await target.signIn(emailOf('leaver'), PASSWORD, fixed)
  const of = (one: string) => target.send({ path: '/api/session', headers: { cookie: one } })
  note(
    'a cookie chosen before signing in',
    await of(fixed),
    (cookie === undefined || cookie === fixed || (await of(fixed)).status !== 401) && 'was taken',
  )
  note('the session that was made', await of(cookie ?? ''), (await of(cookie ?? '')).status !== 200 && 'was refused')
  const admin = { cookie: target.cookies.admin, ...JSON_TYPE }
  const person = { email: emailOf('leaver'), name: 'leaver', roles: ['agent'], password: 'another harbour entirely' }
  await target.send({ method: 'POST', path: '/api/people', headers: admin, body: JSON.stringify(person) })
  const changed = await of(cookie ?? '')
  note('a session from before the password changed', changed, changed.status !== 401 && 'lives on')
  const again = (await target.signIn(person.email, person.password)) ?? ''
  await target.send({ method: 'DELETE', path: `/api/people/${encodeURIComponent(person.email)}`, headers: admin })
  const removed = await of(again)
  note('a session of somebody who was removed', removed, removed.status !== 401 && 'lives on')

  // The last one: it locks this address out.
  const flood = await Promise.all(
    Array.from({ length: 80 }, (_, n) => enter(`flood-${n}@harbourlane.example`, 'x'.repeat(12))),
  )
  for (const got of flood)
    note('sign-in in a flood', got, tells(got) || (![401, 429].includes(got.status ?? 0) && 'should be 401 or 429'))
  const refused = flood.filter(({ status }) => status === 429).length
  note('the flood', flood[0] as Exchange, refused === 0 && 'was never slowed down')
}
