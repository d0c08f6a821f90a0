import { describe, expect, test } from '@jest/globals'
import { signRequest } from '../../src/channels/x/oauth1.ts'
import { isSameSecret, isSigned, sign } from '../../src/http/signature.ts'
import { escapeAsMeta } from '../stand-ins/graph-api.ts'

const META_TEXT = '¿dónde está mi pedido? 😡 me@x.es 100% https://x.es/a'
const META_BODY = JSON.stringify({
  object: 'page',
  entry: [
    {
      id: '1',
      time: 1782500000123,
      messaging: [
        {
          sender: { id: '2' },
          recipient: { id: '1' },
          timestamp: 1782500000001,
          message: { mid: 'm_1', text: META_TEXT },
        },
      ],
    },
  ],
})

describe('a proof that a network sent it', () => {
  test("X's challenge is answered as X computes it", () => {
    expect(sign('abcdefghijklmnopqrstuvwxyz', 'abcde12345', 'base64')).toBe(
      'sha256=n28T7+dF7LI1ENE+Y8SWNfyBrO8nmOHcF0T1TJkFAkE=',
    )
  })

  test("Meta's signature is over the escaped bytes on the wire, not over what they mean", () => {
    const right = 'sha256=149a5c583bc77712e73afc915ff1f8c2a6c0d08e4617b891952c26d5c157a88f'
    const onTheWire = Buffer.from(escapeAsMeta(META_BODY))
    expect(isSigned(['app-secret-open'], onTheWire, right, 'hex')).toBe(true)
    expect(isSigned(['app-secret-open'], Buffer.from(META_BODY), right, 'hex')).toBe(false)
  })

  const raw = Buffer.from('{"a":1}')
  const hex = sign('secret', raw, 'hex')
  const base64 = sign('secret', raw, 'base64')

  test.each([
    ['a forged hex signature', sign('other', raw, 'hex'), 'hex'],
    ['a forged base64 signature', sign('other', raw, 'base64'), 'base64'],
    ['a missing header', undefined, 'hex'],
    ['an empty header', '', 'hex'],
    ['a repeated header', [hex, hex], 'hex'],
    ['a repeated header, joined', `${hex}, ${hex}`, 'hex'],
    ['upper-case hex', hex.toUpperCase().replace('SHA256', 'sha256'), 'hex'],
    ['an upper-case prefix', hex.replace('sha256', 'SHA256'), 'hex'],
    ['a truncated hex signature', hex.slice(0, -1), 'hex'],
    ['a truncated base64 signature', base64.slice(0, -1), 'base64'],
    ['a prefix alone', 'sha256=', 'hex'],
    ['no prefix', hex.slice('sha256='.length), 'hex'],
    ['a sha1 signature', `sha1=${'0'.repeat(40)}`, 'hex'],
    ['hex where base64 is due', hex, 'base64'],
    ['base64 where hex is due', base64, 'hex'],
    ['a trailing line break', `${hex}\n`, 'hex'],
  ] as const)('%s proves nothing', (_name, header, encoding) => {
    expect(isSigned(['secret'], raw, header, encoding)).toBe(false)
  })

  test('while a secret is being changed, both the old and the new one prove it', () => {
    expect(isSigned(['new', 'secret'], raw, hex, 'hex')).toBe(true)
    expect(isSigned(['new'], raw, hex, 'hex')).toBe(false)
  })

  test('an empty secret proves nothing', () => {
    expect(isSigned([''], raw, sign('', raw, 'hex'), 'hex')).toBe(false)
    expect(isSigned([], raw, hex, 'hex')).toBe(false)
  })

  test('secrets are equal only in whole', () => {
    expect(isSameSecret('token', 'token')).toBe(true)
    expect(isSameSecret('token', 'toke')).toBe(false)
    expect(isSameSecret('', 'token')).toBe(false)
  })
})

describe('a signed request to X', () => {
  test('is signed as in the example of the documentation', () => {
    const params = {
      status: 'Hello Ladies + Gentlemen, a signed OAuth request!',
      include_entities: 'true',
      oauth_consumer_key: 'xvz1evFS4wEEPTGEFPHBog',
      oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1318622958',
      oauth_token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      oauth_version: '1.0',
    }
    const secrets = {
      consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      accessTokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    }
    expect(signRequest('POST', 'https://api.x.com/1.1/statuses/update.json', params, secrets)).toBe(
      'Ls93hJiZbQ3akF3HF3x1Bz8/zU4=',
    )
  })
})
