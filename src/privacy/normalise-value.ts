// Normalises a private value, so that two spellings compare equal.
import { deobfuscate } from './text/deobfuscate.ts'
import type { PrivateType } from './types.ts'

const CASELESS = new Set<PrivateType>([
  'name',
  'address',
  'handle',
  'date-of-birth',
  'location',
  'ip',
  'url-token',
  'secret',
])

/** One spelling for all the ways to write a value, for comparing: `Ana (at) mail dot com` is `ana@mail.com`. */
export function normaliseValue(type: PrivateType, value: string): string {
  const plain = deobfuscate(value.trim()).text.toLowerCase()
  if (type === 'email') {
    return plain
      .replace(/\s(?:at the rate(?: of)?|at sign|at|arroba|chez|ät)\s/g, '@')
      .replace(/\s(?:dot|punkt|punto|point|period)\s|,/g, '.')
      .replace(/\s/g, '')
  }
  // The trunk zero and the international prefix are not part of the number; the country's code stays.
  if (type === 'phone') return plain.replace(/\D/g, '').replace(/^0+/, '')
  if (CASELESS.has(type)) return plain.replace(/\s+/g, ' ')
  return plain.replace(/[^\p{L}\p{N}]/gu, '')
}
