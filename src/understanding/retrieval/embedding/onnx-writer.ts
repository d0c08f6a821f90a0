// Writes a computation as an ONNX model: as much of onnx.proto (https://onnx.ai, operator set 17) as is needed.

type Attributes = Readonly<Record<string, number | readonly number[]>>

export type Graph = {
  /** Adds an operator, by its name in ONNX or after the name of who else defines it, and returns the names of what comes out of it. */
  add(operator: string, inputs: readonly string[], attributes?: Attributes, outputs?: number): string[]
  /** Adds a constant and returns its name; without dimensions it is one number. Floats of 16 bits come as their bits. */
  constant(data: Data, dimensions?: readonly number[]): string
  /** The bytes of the model. Inputs are tensors of whole numbers; a dimension that differs from run to run has a name. */
  write(inputs: Readonly<Record<string, readonly (number | string)[]>>, outputs: readonly string[]): Buffer
}

type Data = Float32Array | BigInt64Array | Int8Array | Uint16Array

/** Numbers of TensorProto.DataType and of AttributeProto.AttributeType. */
export const DATA = { float: 1, int8: 3, int64: 7, half: 10 }
const ATTRIBUTE = { float: 1, int: 2, ints: 7 }
const VERSIONS = { format: 8, operators: 17 }
/** Who defines operators: ONNX itself, and ONNX Runtime. */
const SETS = [
  { domain: '', version: VERSIONS.operators },
  { domain: 'com.microsoft', version: 1 },
]

/** Bytes in parts, which are put together once: weights are large. */
type Bytes = readonly Buffer[]

export function openGraph(): Graph {
  const operators: Bytes[] = []
  const constants: Bytes[] = []
  let count = 0
  const name = () => `v${++count}`

  return {
    add(operator, inputs, attributes = {}, outputs = 1) {
      const names = Array.from({ length: outputs }, name)
      const [own = '', ...domain] = operator.split('.').toReversed()
      operators.push([
        ...inputs.flatMap((input) => text(1, input)),
        ...names.flatMap((output) => text(2, output)),
        ...text(4, own),
        ...text(7, domain.toReversed().join('.')),
        ...Object.entries(attributes).flatMap(([key, value]) => message(5, attribute(key, value))),
      ])
      return names
    },
    constant(data, dimensions = []) {
      const own = name()
      const sizes = dimensions.flatMap((size) => whole(1, size))
      const type = whole(2, typeOf(data))
      const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      constants.push([...sizes, ...type, ...text(8, own), ...message(9, [raw])])
      return own
    },
    write(inputs, outputs) {
      const graph = [
        ...operators.flatMap((one) => message(1, one)),
        ...text(2, 'graph'),
        ...constants.flatMap((one) => message(5, one)),
        ...Object.entries(inputs).flatMap(([input, shape]) => message(11, numbers(input, shape))),
        ...outputs.flatMap((output) => message(12, text(1, output))),
      ]
      const sets = SETS.flatMap(({ domain, version }) => message(8, [...text(1, domain), ...whole(2, version)]))
      return Buffer.concat([...whole(1, VERSIONS.format), ...message(7, graph), ...sets])
    },
  }
}

function attribute(name: string, value: number | readonly number[]): Bytes {
  if (typeof value !== 'number')
    return [...text(1, name), ...value.flatMap((one) => whole(8, one)), ...whole(20, ATTRIBUTE.ints)]
  if (Number.isInteger(value)) return [...text(1, name), ...whole(3, value), ...whole(20, ATTRIBUTE.int)]
  return [...text(1, name), ...float(2, value), ...whole(20, ATTRIBUTE.float)]
}

function typeOf(data: Data): number {
  if (data instanceof Float32Array) return DATA.float
  if (data instanceof Int8Array) return DATA.int8
  return data instanceof Uint16Array ? DATA.half : DATA.int64
}

function numbers(name: string, shape: readonly (number | string)[]): Bytes {
  const sizes = shape.flatMap((size) => message(1, typeof size === 'number' ? whole(1, size) : text(2, size)))
  const tensor = [...whole(1, DATA.int64), ...message(2, sizes)]
  return [...text(1, name), ...message(2, message(1, tensor))]
}

// Fields of Protocol Buffers: a number with a wire type, then the value.
const whole = (field: number, value: number): Bytes => [varint(field * 8), varint(value)]
const text = (field: number, value: string): Bytes => message(field, [Buffer.from(value)])

function message(field: number, value: Bytes): Bytes {
  return [varint(field * 8 + 2), varint(value.reduce((sum, { length }) => sum + length, 0)), ...value]
}

function float(field: number, value: number): Bytes {
  const four = Buffer.alloc(4)
  four.writeFloatLE(value)
  return [varint(field * 8 + 5), four]
}

function varint(value: number): Buffer {
  const out: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 0x7fn; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...out, Number(rest)])
}
