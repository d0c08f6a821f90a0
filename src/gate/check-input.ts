// Prepares a draft for the gate's checks.
import type { Audience, ReplyDraft, Source } from '#domain'
import { deobfuscate, findLinks, type TextView, typedAt } from '#privacy'
import { type CollapsedText, collapseView, type Range } from './match/collapsed-text.ts'
import type { GateContext, GateFinding, Known } from './types.ts'

export type CheckInput = {
  readonly audience: Audience
  readonly author: ReplyDraft['author']
  /** As it would be sent. */
  readonly text: string
  /** Without disguises; ranges of checks are in its offsets. */
  readonly view: TextView
  /** The view as it is written and as it is spoken. */
  readonly squeezed: readonly [written: CollapsedText, spoken: CollapsedText]
  /** Links in the view. */
  readonly links: readonly Range[]
  /** The texts that ground it and that its readers may see; without disguises, like all that follow. */
  readonly sources: readonly string[]
  /** Texts that it is made of and that its readers may not see. */
  readonly secrets: readonly string[]
  readonly contacts: readonly string[]
  /** What is known of the customer and must not be read here. */
  readonly known: readonly PlainKnown[]
  readonly context: GateContext
}

/** One check of the gate. */
export type Check = (reading: CheckInput) => GateFinding[]

/** Works out once for a list of texts what every draft needs of it. */
export function once<T>(make: (list: readonly string[]) => T): (list: readonly string[]) => T {
  const made = new WeakMap<readonly string[], T>()
  return (list) => {
    const known = made.get(list) ?? make(list)
    made.set(list, known)
    return known
  }
}

/** Something known; `plain` is its value without disguises. */
export type PlainKnown = Known & { readonly plain: string }
export const plainKnown = (known: Known): PlainKnown => ({ ...known, plain: deobfuscate(known.value).text })

const plainTexts = once((texts) => texts.map((text) => deobfuscate(text).text))

export function checkInputOf(draft: ReplyDraft, context: GateContext): CheckInput {
  const view = deobfuscate(draft.text)
  // Whatever is not surely private is read by everybody.
  const audience = draft.audience === 'private' ? 'private' : 'public'
  const isOpen = (source: Source) => audience === 'private' || source.audience === 'public'
  const plain = (sources: readonly Source[]) => sources.map(({ text }) => deobfuscate(text).text)
  return {
    audience,
    author: draft.author,
    text: draft.text,
    view,
    squeezed: [collapseView(view.text, 'written'), collapseView(view.text, 'spoken')],
    links: findLinks(view.text),
    sources: plain(draft.sources.filter(isOpen)),
    secrets: plain(draft.sources.filter((source) => !isOpen(source))),
    contacts: plainTexts(context.contacts),
    known: audience === 'public' ? context.known.map(plainKnown) : [],
    context,
  }
}

type Minding = Pick<GateFinding, 'rule' | 'because' | 'absolute'>

/** A finding about a range of the view, at the place where it was typed. */
export function findingAt({ view }: CheckInput, { start, end }: Range, finding: Minding): GateFinding {
  return { ...finding, ...typedAt(view, start, end) }
}

/** A check that objects to whatever the pattern finds. */
export function checkPattern(pattern: RegExp, minding: Minding): Check {
  return (reading) => findMatches(reading, pattern).map((range) => findingAt(reading, range, minding))
}

/** What the pattern finds in the view. */
export function findMatches({ view }: CheckInput, pattern: RegExp): (Range & { readonly said: string })[] {
  return Array.from(view.text.matchAll(pattern), ({ 0: said, index }) => ({
    said,
    start: index,
    end: index + said.length,
  }))
}

export function isInside(range: Range, ranges: readonly Range[]): boolean {
  return ranges.some(({ start, end }) => range.start >= start && range.end <= end)
}

/** Texts that everybody may read. */
export const publicSource = (...texts: readonly string[]): Source[] =>
  texts.map((text) => ({ text, audience: 'public' }))

/** Texts from private sources. */
export const privateSource = (...texts: readonly string[]): Source[] =>
  texts.map((text) => ({ text, audience: 'private' }))
