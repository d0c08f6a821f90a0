// Checked by the compiler: what everybody may read is made by the gate alone. Each `@ts-expect-error` is an error here
// as soon as the line below it compiles.
import { expect, test } from '@jest/globals'
import type { Outgoing, PrivateText, PublicText, ReplyDraft, Source } from '#domain'
import type { GateVerdict } from '#gate'

declare function publish(text: PublicText): void
declare function whisper(text: PrivateText): void
declare const plain: string
declare const secret: PrivateText
declare const open: PublicText
declare const verdict: GateVerdict
declare const draft: ReplyDraft
declare const reply: Outgoing & { type: 'public-reply' }
declare function send(outgoing: Outgoing): void
declare function ground(source: Source): void

function attempts(): void {
  publish(open)
  whisper(secret)
  // @ts-expect-error a string has not been looked at
  publish(plain)
  // @ts-expect-error a literal has not been looked at
  publish('We are here for you.')
  // @ts-expect-error what one customer may read is not for everybody
  publish(secret)
  // @ts-expect-error what everybody may read has not been written for one customer
  whisper(open)
  // @ts-expect-error joined texts have to be looked at again
  publish(`${open} ${secret}`)
  // @ts-expect-error a changed text has to be looked at again
  publish(open.trim())
  // @ts-expect-error a draft has not been looked at
  publish(draft.text)
  // @ts-expect-error a public reply is made of what everybody may read
  send({ ...reply, text: secret })
  // @ts-expect-error a public reply is made of what was looked at
  send({ ...reply, text: draft.text })
  // @ts-expect-error what grounds a draft says who may read it
  ground(draft.text)
  // @ts-expect-error a blocked draft has no text
  publish(verdict.text)
  if (verdict.verdict === 'pass') {
    // @ts-expect-error it may be a private text
    publish(verdict.text)
    if (verdict.audience === 'public') publish(verdict.text)
    else whisper(verdict.text)
  }
}

test('what everybody may read is made by the gate alone (`npm run typecheck` proves it)', () => {
  expect(attempts).toThrow(ReferenceError)
})
