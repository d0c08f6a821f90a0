// Allocates one WebAssembly memory for all vector products: each memory reserves eight gigabytes of addresses.

/** So much of the memory, from `at`, until it is given back. */
export type Block = { readonly at: number; readonly bytes: number }

/** Bytes by which the memory grows, and to which blocks are rounded. */
const [PAGE, LANE] = [2 ** 16, 16]

export function openWasmMemory() {
  const memory = new WebAssembly.Memory({ initial: 0 })
  const held = new Set<Block>()
  let end = 0
  /** What was given back, in order of place; no two touch. */
  let rooms: Block[] = []

  return {
    memory,
    /** Throws a RangeError where there is no more memory. What is in the block is left from others. */
    take(size: number): Block {
      const bytes = Math.ceil(size / LANE) * LANE
      const [room] = rooms.filter((one) => one.bytes >= bytes).toSorted((one, other) => one.bytes - other.bytes)
      const block = { at: room?.at ?? end, bytes }
      if (room) {
        const rest = { at: room.at + bytes, bytes: room.bytes - bytes }
        rooms = rooms.flatMap((one) => (one !== room ? [one] : rest.bytes > 0 ? [rest] : []))
      } else {
        const missing = end + bytes - memory.buffer.byteLength
        if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
        end += bytes
      }
      held.add(block)
      return block
    },
    /** Gives a block back; whoever held it uses it no more. */
    free(block: Block): void {
      if (!held.delete(block)) throw new Error('a block of memory was given back that nobody holds')
      if (block.bytes === 0) return
      const joined: { at: number; bytes: number }[] = []
      for (const { at, bytes } of [...rooms, block].toSorted((one, other) => one.at - other.at)) {
        const last = joined.at(-1)
        if (last && last.at + last.bytes === at) last.bytes += bytes
        else joined.push({ at, bytes })
      }
      rooms = joined
    },
  }
}
