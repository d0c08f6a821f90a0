// Everything that is tried over HTTP, by name.
import { large, sessions, slow } from './abuse.ts'
import type { Area } from './area.ts'
import { challenges, signatures, webhooks } from './deliveries.ts'
import { endpoints, hosts, parameters, raw, traversal } from './requests.ts'

/** In this order: the last ones lock this address out. */
export const AREAS: Readonly<Record<string, Area>> = {
  'raw request lines and headers': raw,
  'endpoints × roles × origins': endpoints,
  'random parameters and bodies, as admin': parameters,
  'X webhooks, mutated and signed': webhooks('x'),
  'Meta webhooks, mutated and signed': webhooks('facebook'),
  'signatures, bit by bit': signatures,
  'challenges and verify tokens': challenges,
  'path traversal': traversal,
  'hosts of others (DNS rebinding)': hosts,
  'large and packed bodies': large,
  'slow heads and bodies': slow,
  'sign-in, sessions, flood': sessions,
}
