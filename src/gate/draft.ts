// The draft as every check reads it.
import type { Audience, Draft } from '#conversation'
import { findLinks, plainView, typedAt, type View } from '#privacy'
import type { GateContext, GateFinding } from './verdict.ts'

export type Range = { readonly start: number; readonly end: number }

export type Reading = {
  readonly audience: Audience
  readonly author: Draft['author']
  /** As it would be sent. */
  readonly text: string
  /** Without disguises; ranges of checks are in its offsets. */
  readonly view: View
  /** Links in the view. */
  readonly links: readonly Range[]
  /** The texts that ground it, and our own contacts, without disguises. */
  readonly sources: readonly string[]
  readonly contacts: readonly string[]
  readonly context: GateContext
}

/** One thing the gate minds. */
export type Check = (reading: Reading) => GateFinding[]

export function readDraft(draft: Draft, context: GateContext): Reading {
  const view = plainView(draft.text)
  return {
    // Whatever is not surely private is read by everybody.
    audience: draft.audience === 'private' ? 'private' : 'public',
    author: draft.author,
    text: draft.text,
    view,
    links: findLinks(view.text),
    sources: draft.sources.map((source) => plainView(source).text),
    contacts: context.contacts.map((contact) => plainView(contact).text),
    context,
  }
}

/** A finding about a range of the view, at the place where it was typed. */
export function findingAt(
  { view }: Reading,
  { start, end }: Range,
  finding: Pick<GateFinding, 'rule' | 'because' | 'absolute'>,
): GateFinding {
  return { ...finding, ...typedAt(view, start, end) }
}

export function isInside(range: Range, ranges: readonly Range[]): boolean {
  return ranges.some(({ start, end }) => range.start >= start && range.end <= end)
}

/** Letters and digits only, in lower case. */
export function squeeze(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
