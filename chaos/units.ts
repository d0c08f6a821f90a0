// Cuts a connection's bytes into what they mean: Redis commands and their replies, HTTP requests. Nothing is changed.

/** One command or request; `words` are its parts (a command's arguments; a request's method and path). */
export type Unit = { readonly bytes: Buffer; readonly words: readonly string[] }

/** Takes bytes as they come and returns what is whole by now. */
export type Cutter = (chunk: Buffer) => Unit[]

type Cut = { readonly end: number; readonly words: readonly string[] } | undefined

function cutter(cutOne: (bytes: Buffer) => Cut): Cutter {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const units: Unit[] = []
    for (let cut = cutOne(rest); cut; cut = cutOne(rest)) {
      units.push({ bytes: rest.subarray(0, cut.end), words: cut.words })
      rest = rest.subarray(cut.end)
    }
    return units
  }
}

const CRLF = Buffer.from('\r\n')

/** RESP arrays of bulk strings, as clients write commands. */
export const cutCommands = () =>
  cutter((bytes) => {
    let end = bytes.indexOf(CRLF)
    if (end < 0) return undefined
    const count = Number(bytes.toString('latin1', 1, end))
    end += 2
    const words: string[] = []
    for (let n = 0; n < count; n++) {
      const line = bytes.indexOf(CRLF, end)
      if (line < 0) return undefined
      const from = line + 2
      end = from + Number(bytes.toString('latin1', end + 1, line)) + 2
      if (end > bytes.length) return undefined
      words.push(bytes.toString('utf8', from, end - 2))
    }
    return { end, words }
  })

/** RESP2 and RESP3 replies; the one word of each is its type. */
export const cutReplies = () =>
  cutter((bytes) => {
    const end = replyEnd(bytes, 0)
    return end === undefined ? undefined : { end, words: [bytes.toString('latin1', 0, 1)] }
  })

function replyEnd(bytes: Buffer, from: number): number | undefined {
  const line = bytes.indexOf(CRLF, from)
  if (line < 0) return undefined
  const type = String.fromCharCode(bytes[from] ?? 0)
  const size = Number(bytes.toString('latin1', from + 1, line))
  let end = line + 2
  if ('$=!'.includes(type)) {
    if (size >= 0) end += size + 2
    return end <= bytes.length ? end : undefined
  }
  const parts = '*~>'.includes(type) ? size : type === '%' ? 2 * size : type === '|' ? 2 * size + 1 : 0
  for (let n = 0; n < parts; n++) {
    const next = replyEnd(bytes, end)
    if (next === undefined) return undefined
    end = next
  }
  return end
}

/** HTTP/1.1 requests with a `content-length` or no body. */
export const cutRequests = () =>
  cutter((bytes) => {
    const head = bytes.indexOf('\r\n\r\n')
    if (head < 0) return undefined
    const text = bytes.toString('latin1', 0, head)
    const end = head + 4 + Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0)
    const [method = '', path = ''] = text.split(' ', 2)
    return end <= bytes.length ? { end, words: [method, path.split('?')[0] ?? ''] } : undefined
  })
