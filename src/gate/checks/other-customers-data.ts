// What other customers have told us is not said to anybody: here the gate is handed what was recognised.
import type { Draft } from '#domain'
import { plainView } from '#privacy'
import { type Check, findingAt } from '../check-input.ts'
import { alike, squeeze, squeezeView } from '../match/collapsed-text.ts'
import { tellingForms, tellingStretches } from '../match/fingerprint-forms.ts'
import type { GateContext } from '../types.ts'

/** Words that are pulled apart: nobody publishes anything like that. */
const APART = /(?<!\S)(?:\S ){5,}\S(?!\S)/gu

const viewsOf = (view: string) => [squeezeView(view, 'written'), squeezeView(view, 'spoken')] as const

/** What a draft could be telling of somebody: to be looked for among what other customers have told. */
export function mayTellOf(
  { text, sources }: Draft,
  { known, contacts }: Pick<GateContext, 'known' | 'contacts'>,
): string[] {
  const own = new Set(known.flatMap(tellingForms))
  const open = [...sources.flatMap((source) => (source.audience === 'public' ? [source.text] : [])), ...contacts]
  const free = alike(squeeze(open.map((one) => plainView(one.replace(APART, ' ')).text).join('\n')))
  return [...tellingStretches(viewsOf(plainView(text).text)).keys()].filter(
    (form) => !own.has(form) && !free.includes(form.replace('#', '')),
  )
}

export const checkStrangers: Check = (reading) => {
  const strangers = reading.context.strangers ?? []
  if (strangers.length === 0) return []
  const places = tellingStretches(reading.squeezed)
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
