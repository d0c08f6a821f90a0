// Webhook deliveries that are broken or forged, and the ways by which networks check an address.
import { inParallel } from '../../bench/service.ts'
import { chanceOf } from '../../chaos/chance.ts'
import { PAGE, sign, WEBHOOKS, X } from '../../test/service/accounts.ts'
import { pageComment, pageMessage, xDirectMessage, xEdit, xMention } from '../../test/stand-ins/deliveries.ts'
import { type Area, JSON_TYPE, tells, WIDTH } from './area.ts'
import { mutated } from './mutate.ts'
import type { Sent } from './target.ts'

export const signed = (network: 'x' | 'facebook', body: Buffer | string): Sent => {
  const { path, header } = WEBHOOKS[network]
  return { method: 'POST', path, body, headers: { ...JSON_TYPE, [header]: sign(network, body) } }
}

const bodiesOf = (network: 'x' | 'facebook', n: number) =>
  network === 'x'
    ? [
        xMention({ to: X.userId, from: `77${n}`, text: 'How much is delivery?' }),
        xDirectMessage({ to: X.userId, from: `77${n}`, text: 'Where is my order?' }),
        xEdit({ to: X.userId, from: `77${n}`, text: 'again', ids: [`9${n}1`, `9${n}2`] }),
      ]
    : [
        pageMessage({ page: PAGE.pageId, from: `88${n}`, text: 'How much is delivery?', id: `m_${n}` }),
        pageComment({ page: PAGE.pageId, from: `88${n}`, text: 'Where is my order?', id: `7${n}_${n}` }),
      ]

export const webhooks =
  (network: 'x' | 'facebook'): Area =>
  async ({ target, count, seed, note }) => {
    await inParallel(count, WIDTH, async (n) => {
      const chance = chanceOf(seed, `${network}/${n}`)
      const got = await target.send(signed(network, mutated(chance.pick(bodiesOf(network, n)), chance)))
      note(`${network}/${n}`, got, tells(got) || (got.status !== 200 && got.status !== 400 && 'should be 200 or 400'))
    })
  }

export const signatures: Area = async ({ target, note }) => {
  for (const network of ['x', 'facebook'] as const) {
    const { path, header } = WEBHOOKS[network]
    const body = JSON.stringify(bodiesOf(network, 1)[0])
    const right = sign(network, body)
    const bytes = Buffer.from(right, 'latin1')
    const flipped = Array.from({ length: bytes.length * 8 }, (_, bit) => {
      const copy = Buffer.from(bytes)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return copy.toString('latin1')
    })
    const others = [
      '',
      'sha256=',
      right.slice(0, -1),
      `${right}=`,
      right.replace('sha256', 'sha1'),
      right.slice(7),
      `${right}, ${right}`,
    ]
    const wrongs = [
      ...flipped.filter((one) => !/[\r\n\0]/.test(one) && one.trim() !== right),
      ...others,
      sign(network, `${body} `),
    ]
    await inParallel(wrongs.length, WIDTH, async (n) => {
      const got = await target.send({
        method: 'POST',
        path,
        body,
        headers: { ...JSON_TYPE, [header]: wrongs[n] ?? '' },
      })
      // The parser refuses some bytes before anybody compares them; in base64 and hexadecimal letters may stand for the same bytes.
      const isRefused = got.status === 401 || got.status === 400
      note(
        `${network}, signature ${n}`,
        got,
        tells(got) || (!isRefused && `\`${wrongs[n]}\` was taken for \`${right}\``),
      )
    })
    const got = await target.send(signed(network, body))
    note(`${network}, the right signature`, got, got.status !== 200 && 'was refused')
  }
}

export const challenges: Area = async ({ target, note }) => {
  const meta = (token: string, challenge = '<script>1</script>') =>
    `/webhooks/meta?hub.mode=subscribe&hub.verify_token=${encodeURIComponent(token)}&hub.challenge=${encodeURIComponent(challenge)}`
  const crc = (token: string) => `/webhooks/x?crc_token=${encodeURIComponent(token)}`
  const refused = [
    ...['', '{', '{"for_user_id":"1"}', 'a{b'].map(crc),
    ...['/webhooks/x', '/webhooks/x?crc_token=', '/webhooks/meta', '/webhooks/meta?hub.mode=subscribe'],
    ...['', 'wrong', `${PAGE.verifyToken}x`, PAGE.verifyToken.slice(1), '%'].map((token) => meta(token)),
  ]
  for (const path of refused) {
    const got = await target.send({ path })
    note(path, got, tells(got) || (got.status === 200 && 'was taken'))
  }
  for (const path of [crc('a token'), meta(PAGE.verifyToken, '12345')]) {
    const got = await target.send({ path })
    note(path, got, got.status !== 200 && 'was refused')
  }
}
