// Webhook bodies that were once good, with something wrong somewhere. Drawn from a seed.
import type { Chance } from '../../chaos/chance.ts'

const HALF = '\ud83d'
const nested = (depth: number): unknown => {
  let value: unknown = 1
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { a: value }
  return value
}

const VALUES: readonly (() => unknown)[] = [
  ...[null, true, false, 0, -1, 1e308, 2 ** 53, '', ' ', '0', '-1', 'null', '\0', HALF, `1${HALF}`, '🤷', '‮abc'].map(
    (value) => () => value,
  ),
  () => [],
  () => ({}),
  () => [null],
  () => [[]],
  () => nested(60),
  () => '9'.repeat(400),
  () => 'x'.repeat(20_000),
  () => ({ toString: 1, constructor: { prototype: {} }, length: -1 }),
  () => JSON.parse('{"__proto__": {"isAdmin": true}}'),
  () => '<script>alert(1)</script>',
  () => '{{7*7}} #{7*7} %s %n',
]

type Place = { readonly holder: Record<string, unknown>; readonly key: string }

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}

/** The body's bytes after one to four mutations of its values, or of its bytes. */
export function mutated(body: object, chance: Chance): Buffer {
  const copy = structuredClone(body)
  for (let times = chance.between(1, 4); times > 0; times--) {
    const places = placesIn(copy)
    if (places.length === 0) break
    const { holder, key } = chance.pick(places)
    const roll = chance.next()
    if (roll < 0.15) delete holder[key]
    else if (roll < 0.25) holder[key] = [holder[key], holder[key]]
    else if (roll < 0.35) holder[chance.pick(['__proto__', 'constructor', 'unknown', ''])] = holder[key]
    else holder[key] = chance.pick(VALUES)()
  }
  const bytes = Buffer.from(JSON.stringify(copy) ?? 'null')
  const roll = chance.next()
  if (roll < 0.05) return bytes.subarray(0, chance.between(0, bytes.length))
  if (roll < 0.1) for (let i = 0; i < 3; i++) bytes[chance.between(0, bytes.length - 1)] = chance.between(0, 255)
  return bytes
}
