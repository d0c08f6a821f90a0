// Packs plain values with large arrays of numbers into bytes, and reads them back without copying the arrays.

const ARRAYS = { Float64Array, Float32Array, Uint32Array, Uint16Array, Int16Array }
type ArrayName = keyof typeof ARRAYS
/** What stands in place of an array of numbers: where its bytes lie. */
type Place = { readonly array: ArrayName; readonly at: number; readonly length: number }

/** Where arrays begin is a multiple of this, so that each can be read in place. */
const LANE = 8

/** JSON of the value, in which arrays of numbers are places, after its length; then the arrays. */
export function pack(value: unknown): Buffer {
  const arrays: Buffer[] = []
  let at = 0
  const put = (array: ArrayBufferView & { readonly length: number }): Place => {
    const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength)
    const place = { array: array.constructor.name as ArrayName, at, length: array.length }
    const rest = -bytes.length & (LANE - 1)
    arrays.push(bytes, Buffer.alloc(rest))
    at += bytes.length + rest
    return place
  }
  const text = Buffer.from(
    JSON.stringify(value, (_key, one) => (ArrayBuffer.isView(one) ? put(one as Float64Array) : one)),
  )
  const head = Buffer.alloc(LANE)
  head.writeDoubleLE(text.length)
  return Buffer.concat([head, text, Buffer.alloc(-text.length & (LANE - 1)), ...arrays])
}

/** What was packed. Its arrays lie in one piece of memory. */
export function unpack(bytes: Uint8Array): unknown {
  const { buffer } = new Uint8Array(bytes)
  const length = new DataView(buffer).getFloat64(0, true)
  const start = LANE + length + (-length & (LANE - 1))
  const isPlace = (one: unknown): one is Place => typeof one === 'object' && one !== null && 'array' in one
  return JSON.parse(Buffer.from(buffer, LANE, length).toString(), (_key, one) =>
    isPlace(one) ? new ARRAYS[one.array](buffer, start + one.at, one.length) : one,
  )
}
