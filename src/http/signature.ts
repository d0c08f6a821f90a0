// Makes and checks webhook signatures (HMAC with a shared secret), compared in constant time.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

type Encoding = 'base64' | 'hex'

const SHAPE: Readonly<Record<Encoding, RegExp>> = {
  base64: /^sha256=[A-Za-z0-9+/]{43}=$/,
  hex: /^sha256=[0-9a-f]{64}$/,
}

/** `sha256=` and the HMAC-SHA256 of the message. */
export function sign(secret: string, message: string | Buffer, encoding: Encoding): string {
  return `sha256=${createHmac('sha256', secret).update(message).digest(encoding)}`
}

/** Whether the header proves that one of the secrets signed these very bytes. */
export function isSigned(
  secrets: readonly string[],
  raw: Buffer,
  header: string | readonly string[] | undefined,
  encoding: Encoding,
): boolean {
  if (typeof header !== 'string' || !SHAPE[encoding].test(header)) return false
  return secrets.some(
    (secret) => secret !== '' && timingSafeEqual(Buffer.from(header), Buffer.from(sign(secret, raw, encoding))),
  )
}

/** Whether two secrets are equal, in a time that tells neither their length nor where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
