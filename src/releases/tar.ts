// Writes the files of a version as a tar archive (POSIX.1-1988 ustar), always byte for byte the same.
import type { Files } from './policy-sandbox.ts'

const BLOCK = 512

export function tarOf(files: Files, at: number): Buffer {
  const parts = files.flatMap(({ path, text }) => {
    const bytes = Buffer.from(text)
    return [header(path, bytes.length, at), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]
  })
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)])
}

function header(path: string, size: number, at: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const [name, prefix] = split(path)
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`
  block.write(name, 0)
  block.write(octal(0o644, 8), 100)
  block.write(octal(0, 8), 108)
  block.write(octal(0, 8), 116)
  block.write(octal(size, 12), 124)
  block.write(octal(Math.floor(at / 1000), 12), 136)
  block.write('        0', 148)
  block.write('ustar\0', 257)
  block.write('00', 263)
  block.write(prefix, 345)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

/** A name of at most 100 bytes, and the folders before it in at most 155. */
function split(path: string): readonly [string, string] {
  if (Buffer.byteLength(path) <= 100) return [path, '']
  const at = path.lastIndexOf('/')
  const [name, prefix] = [path.slice(at + 1), path.slice(0, Math.max(0, at))]
  if (at < 0 || Buffer.byteLength(name) > 100 || Buffer.byteLength(prefix) > 155)
    throw new Error(`\`${path}\` is too long for an archive`)
  return [name, prefix]
}
