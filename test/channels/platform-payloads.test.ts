// Payloads collected from the platforms' documentation and from other projects, each with the kind that an adapter has
// to give it. They are not part of this repository; without them this suite says so and does nothing.

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { parseWebhook, readJson } from '#channels'

const FOLDER = new URL('../../../shared/data/fixtures/', import.meta.url)
const CHANNELS: Readonly<Record<string, string>> = { x: 'x', facebook: 'facebook', botframework: 'bot-framework' }

type Fixture = { readonly file: string; readonly platform: string; readonly kind: string }
type Expected = { readonly kind: string; readonly own?: boolean; readonly audience?: string }

const INCOMING = { kind: 'message', own: false }
const KINDS: Readonly<Record<string, Expected>> = {
  dm: { ...INCOMING, audience: 'private' },
  dm_attachment: { ...INCOMING, audience: 'private' },
  dm_reply: { ...INCOMING, audience: 'private' },
  dm_quick_reply: { ...INCOMING, audience: 'private' },
  dm_unsupported: { ...INCOMING, audience: 'private' },
  dm_encrypted: { ...INCOMING, audience: 'private' },
  postback: { ...INCOMING, audience: 'private' },
  dm_echo: { kind: 'message', own: true },
  dm_edit: { kind: 'edit', own: false },
  dm_delete: { kind: 'delete', own: false },
  mention: { ...INCOMING, audience: 'public' },
  reply: { ...INCOMING, audience: 'public' },
  quote: { ...INCOMING, audience: 'public' },
  comment: { ...INCOMING, audience: 'public' },
  comment_reply: { ...INCOMING, audience: 'public' },
  comment_attachment: { ...INCOMING, audience: 'public' },
  visitor_post: { ...INCOMING, audience: 'public' },
  comment_edit: { kind: 'edit', own: false },
  post_edit: { kind: 'edit', own: false },
  comment_delete: { kind: 'delete', own: false },
  own_post: { kind: 'message', own: true },
  own_share: { kind: 'message', own: true },
  own_comment: { kind: 'message', own: true },
  own_comment_attachment: { kind: 'message', own: true },
  own_comment_edit: { kind: 'edit', own: true },
  own_post_edit: { kind: 'edit', own: true },
  own_comment_hide: { kind: 'control', own: true },
  own_reaction: { kind: 'reaction', own: true },
  like: { kind: 'reaction' },
  reaction: { kind: 'reaction', own: false },
  read: { kind: 'read' },
  delivery: { kind: 'delivery' },
  typing: { kind: 'control' },
  optin: { kind: 'control' },
  referral: { kind: 'control' },
  revoke: { kind: 'control' },
  handover: { kind: 'control' },
  handoff: { kind: 'control' },
  policy: { kind: 'control' },
  control: { kind: 'control' },
  foreign_post: { kind: 'ignored' },
  repost: { kind: 'ignored' },
  standby: { kind: 'ignored' },
  unknown_type: { kind: 'ignored' },
}

/** Kinds that say how a body is built or that nothing is to be done: any reading without a customer's words will do. */
const QUIET = new Set(['other', 'batch', 'multi', 'review'])

/** Not webhook bodies of the channel: an adapter's own model, form fields, an activity without any ids. */
const NOT_ON_THE_WIRE = /FacebookMessages|twilio|agents_activity/

const isThere = existsSync(FOLDER)
if (!isThere)
  process.stderr.write('the collected payloads are not here: test/channels/platform-payloads.test.ts is skipped\n')

const manifest: Fixture[] = isThere ? JSON.parse(readFileSync(new URL('open/manifest.json', FOLDER), 'utf8')) : []
const fixtures = manifest.filter(
  ({ file, platform, kind }) =>
    CHANNELS[platform] !== undefined && (KINDS[kind] || QUIET.has(kind)) && !NOT_ON_THE_WIRE.test(file),
)

const suite = isThere ? describe : describe.skip
suite('collected payloads', () => {
  test.each(fixtures.length > 0 ? fixtures : [{ file: 'none', platform: 'x', kind: 'other' }])(
    '$file is a $kind',
    ({ file, platform, kind }) => {
      const events = parseWebhook(CHANNELS[platform] ?? '', readJson(readFileSync(new URL(file, FOLDER), 'utf8')))
      const expected = KINDS[kind]
      expect(events.length).toBeGreaterThan(0)
      if (!expected) return
      for (const event of events) {
        const audience = event.kind === 'message' ? event.message.conversation.audience : undefined
        expect({ kind: event.kind, own: event.own, audience }).toMatchObject(expected)
      }
    },
  )
})
