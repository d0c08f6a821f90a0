// Deliveries with something wrong somewhere: whatever a network sends is read, and nothing throws.
import { expect, test } from '@jest/globals'
import { mutated } from '../../attacks/http/mutate.ts'
import { chanceOf } from '../../chaos/chance.ts'
import { parseBotFramework } from '../../src/channels/bot-framework/events.ts'
import { parseFacebook } from '../../src/channels/facebook/events.ts'
import { readJson } from '../../src/channels/json.ts'
import { parseX } from '../../src/channels/x/events.ts'
import * as deliveries from '../stand-ins/deliveries.ts'

const SEED = 5
const EACH = 3_000
const US = '900100200'
const PAGE = '102030405060708'

const x = { to: US, from: '7', text: 'hello' }
const page = { page: PAGE, from: '8', text: 'hello', id: 'm_1' }
const NETWORKS = {
  x: {
    parse: (body: unknown) => parseX(body, { userId: US, appId: '2' }),
    bodies: [
      deliveries.xMention(x),
      deliveries.xDirectMessage({ ...x, via: '1', app: '2' }),
      deliveries.xEdit({ ...x, ids: ['1', '2'] }),
      deliveries.xDelete({ ...x, id: '1' }),
      deliveries.xOwnReply({ us: US, to: '7', text: 'hello', id: '1', inReplyTo: '2' }),
    ],
  },
  facebook: {
    parse: (body: unknown) => parseFacebook(body, { pageId: PAGE, appId: '1' }),
    bodies: [
      deliveries.pageMessage(page),
      deliveries.pageComment({ ...page, id: '7_1' }),
      deliveries.pageEdit({ ...page, number: 1 }),
      deliveries.pageUnsent(page),
      deliveries.pageEcho({ ...page, to: '8', app: '1', metadata: 'e' }),
    ],
  },
  'bot-framework': {
    parse: parseBotFramework,
    bodies: [
      deliveries.botMessage({ serviceUrl: 'https://x.example', from: 'a', text: 'hello', id: '1', conversation: 'c' }),
    ],
  },
}

test.each(Object.entries(NETWORKS))(`${EACH} deliveries of %s (seed ${SEED})`, (name, { parse, bodies }) => {
  const thrown: string[] = []
  let read = 0
  for (let n = 0; n < EACH; n++) {
    const chance = chanceOf(SEED, `${name}/${n}`)
    const bytes = mutated(chance.pick(bodies as object[]), chance)
    let json: unknown
    try {
      json = readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    } catch {
      continue // what is no JSON is refused before it is read
    }
    read++
    try {
      // An event has to be stored.
      JSON.stringify(parse(json))
    } catch (error) {
      thrown.push(`${n}: ${error} for ${bytes.toString('utf8').slice(0, 500)}`)
    }
  }
  expect(thrown).toEqual([])
  expect(read).toBeGreaterThan(EACH / 2)
})
