// Handles one webhook delivery: reads the body, checks the webhook signature, hands events over, answers 200 or 503.

import type { IncomingHttpHeaders } from 'node:http'
import type { Request, Response } from 'restify'
import type { ChannelEvent } from '#domain'
import { type Body, limitedWarnings, openBodyReader } from '#http'
import type { Channel, Deliver } from './channel.ts'
import { readJson } from './json.ts'

/** Where a channel says what it saw; never a customer's words. */
export type Log = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** When a network may try again, in seconds. */
const RETRY_AFTER = '5'

/** Answers once; a sender that has gone is not answered. */
export function answer(res: Response, status: number, headers: Record<string, string> = {}, body = ''): void {
  if (res.headersSent || res.destroyed) return
  res.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers })
  res.end(body)
}

/** One for the process, whose memory it is. */
const bodies = openBodyReader()

/** Bytes that are held of deliveries whose senders are not known yet. */
export const bytesHeld = (): number => bodies.held()

/**
 * The delivery's bytes, or undefined after it has been refused. They count as of an unknown sender until `release` is
 * called, or the answer is out.
 */
export async function readBody(req: Request, res: Response): Promise<Body | undefined> {
  const body = await bodies.read(req)
  if (typeof body !== 'number') {
    res.once('close', body.release)
    return body
  }
  const headers = {
    // What is too long is read to its end, so that its sender hears the answer.
    ...(body === 413 ? {} : { connection: 'close' }),
    ...(body === 503 ? { 'retry-after': RETRY_AFTER } : {}),
  }
  answer(res, body, headers)
  return undefined
}

/** The JSON in the bytes, or undefined after they have been refused. */
export function readJsonBody(raw: Buffer, res: Response): { readonly json: unknown } | undefined {
  try {
    return { json: readJson(new TextDecoder('utf-8', { fatal: true }).decode(raw)) }
  } catch {
    answer(res, 400)
    return undefined
  }
}

/** Hands events over and answers 200, or 503 where they could not be kept, so that the network delivers again. */
export async function deliverEvents(
  channel: Channel,
  events: readonly ChannelEvent[],
  deliver: Deliver,
  log: Log,
  res: Response,
): Promise<void> {
  for (const event of events) {
    if (event.kind === 'ignored') {
      log.info({ channel: channel.name, event: event.id, reason: event.reason }, 'event ignored')
    }
  }
  try {
    if (events.length > 0) await deliver(channel.name, events)
  } catch (err) {
    log.warn({ channel: channel.name, err }, 'events could not be stored; the network is asked to deliver them again')
    answer(res, 503, { 'retry-after': RETRY_AFTER })
    return
  }
  answer(res, 200)
}

/** The handler of a webhook whose deliveries are signed with a shared secret. */
export function verifySigned(
  channel: Channel,
  isProven: (raw: Buffer, headers: IncomingHttpHeaders) => boolean,
  deliver: Deliver,
  log: Log,
): (req: Request, res: Response) => Promise<void> {
  const refused = limitedWarnings(log)
  return async (req, res) => {
    const raw = await readBody(req, res)
    if (!raw) return
    const isKnown = isProven(raw.bytes, req.headers)
    raw.release()
    if (!isKnown) {
      refused({ channel: channel.name }, 'delivery refused: its signature is missing or wrong')
      answer(res, 401)
      return
    }
    const body = readJsonBody(raw.bytes, res)
    if (body) await deliverEvents(channel, channel.parse(body.json), deliver, log, res)
  }
}
