// A content folder on disk for one test: a small, valid brand, with whatever the test changes.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { SAYINGS } from '#policy'

export const BRAND = `name: Hollow & Loom
assistant: Wren
help: https://help.hollow.example
languages: [en]
hours:
  zone: Europe/London
  monday: 09:00-17:30
  tuesday: 09:00-17:30
  wednesday: 09:00-17:30
  thursday: 09:00-17:30
  friday: 09:00-17:30
  saturday: closed
  sunday: closed
confidence:
  # set by hand
  public: 0.9
  private: 0.8
  draft: 0.3
due: { urgent: 15, high: 60, normal: 240, low: 1440 }
links: [hollow.example, help.hollow.example]
contacts: []
avoid: []
competitors: []
sayings:
  yes: Yes
  no: No
${Object.entries(SAYINGS)
  .filter(([name]) => name !== 'yes' && name !== 'no')
  .map(
    ([name, means]) =>
      `  ${name}: Saying ${name}${(means.match(/\{[a-z]+\}/g) ?? []).map((one) => ` ${one}`).join('')}.`,
  )
  .join('\n')}
`

export const REFUNDS = `topic: Refunds
owner: customer-care
rules:
  - id: refunds.public
    when: { intent: order-status, audience: public }
    then: move-to-private
    because: Orders are never discussed in public.
examples:
  - given: { intent: order-status, audience: public }
    expect: { verdict: move-to-private, because: refunds.public }
`

export const ORDER_STATUS = `title: Where is my order
topic: orders
owner: customer-care
phrases:
  - where is my order
  - when does my parcel come
  - has my order been sent
  - track my order
  - my parcel is late
  - what is the status of my order
  - is my delivery on its way
  - order tracking please
personal: true
needs:
  - name: order-number
    type: order
    ask: What is your order number?
    invalid: That is not an order number.
    pattern: HL-\\d{5}
  - name: email
    type: email
    ask: Which e-mail address did you order with?
    invalid: That is not an e-mail address.
confirm: Shall I look up {order-number} for {email}?
action:
  url-from: ORDERS_URL
  path: /orders/{order-number}?email={email}
  expects: { status: text, eta: date }
  not-found: I cannot find {order-number}.
say: Your order {order-number} is {status} and comes on {eta}.
examples:
  - title: asks for what it needs
    lines:
      - customer: where is my order
      - bot: order number
`

export const RETURNS = `---
title: How to return something
questions:
  - How do I send a jumper back?
not:
  - Where is my order?
---
Send it back within 30 days with the label in the parcel.

More at [our help](https://help.hollow.example/returns).
`

const VALID: Readonly<Record<string, string>> = {
  'policies/brand.yaml': BRAND,
  'policies/refunds.yaml': REFUNDS,
  'dialogs/order-status.yaml': ORDER_STATUS,
  'knowledge/returns.md': RETURNS,
}

/** Writes the valid folder with `changes` (undefined: without that file), runs the test in it, and removes it. */
export async function inFolder<T>(
  changes: Readonly<Record<string, string | Uint8Array | undefined>>,
  test: (dir: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-content-'))
  try {
    for (const [path, text] of Object.entries({ ...VALID, ...changes })) {
      if (text === undefined) continue
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), text)
    }
    return await test(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
