// Allocates one WebAssembly memory for all vector products: each memory reserves eight gigabytes of addresses.

/** So much of the memory, from `at`; it is taken back once nobody holds this object. */
export type Block = { readonly at: number }

/** Bytes by which the memory grows, and to which blocks are rounded. */
const [PAGE, LANE] = [2 ** 16, 16]

type Room = { at: number; bytes: number }

export function openWasmMemory() {
  const memory = new WebAssembly.Memory({ initial: 0 })
  let end = 0
  /** What was taken back, in order of place; no two touch. */
  let free: Room[] = []

  const dropped = new FinalizationRegistry<Room>((room) => {
    const all = [...free, room].toSorted((one, other) => one.at - other.at)
    free = []
    for (const { at, bytes } of all) {
      const last = free.at(-1)
      if (last && last.at + last.bytes === at) last.bytes += bytes
      else free.push({ at, bytes })
    }
  })

  return {
    memory,
    /** Throws a RangeError where there is no more memory. What is in the block is left from others. */
    take(size: number): Block {
      const bytes = Math.ceil(size / LANE) * LANE
      const [room = { at: end, bytes }] = free
        .filter((one) => one.bytes >= bytes)
        .toSorted((one, other) => one.bytes - other.bytes)
      const block = { at: room.at }
      if (room.at === end) {
        const missing = end + bytes - memory.buffer.byteLength
        if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
        end += bytes
      }
      room.at += bytes
      room.bytes -= bytes
      free = free.filter((one) => one.bytes > 0)
      dropped.register(block, { at: block.at, bytes })
      return block
    },
  }
}
