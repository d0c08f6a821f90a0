// Blocks private values that other customers told; the index of fingerprints recognised them.
import type { ReplyDraft } from '#domain'
import { deobfuscate } from '#privacy'
import { type Check, findingAt } from '../check-input.ts'
import { collapse, collapseView, sameCollapsed } from '../match/collapsed-text.ts'
import { fingerprintCandidates, fingerprintForms } from '../match/fingerprint-forms.ts'
import type { GateContext } from '../types.ts'

/** Words that are pulled apart: nobody publishes anything like that. */
const APART = /(?<!\S)(?:\S ){5,}\S(?!\S)/gu

const viewsOf = (view: string) => [collapseView(view, 'written'), collapseView(view, 'spoken')] as const

/** What a draft could be telling of somebody: to be looked for among what other customers have told. */
export function canDisclose(
  { text, sources }: ReplyDraft,
  { known, contacts }: Pick<GateContext, 'known' | 'contacts'>,
): string[] {
  const own = new Set(known.flatMap(fingerprintForms))
  const open = [...sources.flatMap((source) => (source.audience === 'public' ? [source.text] : [])), ...contacts]
  const free = sameCollapsed(collapse(open.map((one) => deobfuscate(one.replace(APART, ' ')).text).join('\n')))
  return [...fingerprintCandidates(viewsOf(deobfuscate(text).text)).keys()].filter(
    (form) => !own.has(form) && !free.includes(form.replace('#', '')),
  )
}

export const checkOtherCustomersData: Check = (reading) => {
  const strangers = reading.context.strangers ?? []
  if (strangers.length === 0) return []
  const places = fingerprintCandidates(reading.squeezed)
  return strangers.flatMap((form) => {
    const range = places.get(form)
    return range
      ? findingAt(reading, range, {
          rule: 'others-value',
          because: 'this is private data of another customer; take it out',
          absolute: reading.audience === 'public',
        })
      : []
  })
}
