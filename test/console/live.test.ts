import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

/** Reads a stream until `enough` says so. */
async function readUntil(stream: ReadableStream<Uint8Array>, enough: (text: string) => boolean): Promise<string> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader()
  for (let text = ''; ; ) {
    const { value, done } = await reader.read()
    text += value ?? ''
    if (done || enough(text)) {
      if (!done) await reader.cancel()
      return text
    }
  }
}

test('a page is told of a new ticket at once, by id alone', async () => {
  const ada = await service.enter('ada@warmline.test')
  const answer = await ada.get('/api/events')
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const { id } = await service.handOver('ana', ['private', 'My lamp is broken'])
  const text = await readUntil(answer.body as ReadableStream<Uint8Array>, (seen) => seen.includes(`"${id}"`))
  expect(text).toMatch(/^retry: \d+\n/)
  expect(text).toMatch(/\nid: \d+-\d+\nevent: ticket-opened\ndata: \{"type":"ticket-opened","ticket":"T-\d+",/)
  expect(text).not.toMatch(/ana|lamp/i)
})

test('streams end when the service closes, so that it can stop', async () => {
  const other = await startService()
  const bo = await other.enter('bo@warmline.test')
  const answer = await bo.get('/api/events')
  const rest = readUntil(answer.body as ReadableStream<Uint8Array>, () => false)
  await other.close()
  expect(await rest).toContain(': connected')
})
