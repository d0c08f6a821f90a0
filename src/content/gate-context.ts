// Computes what the gate must know of a content, once for each content.
import { type GateContext, publishedIn } from '#gate'
import { privateMattersOf } from '#policy'
import type { Content } from './content.ts'
import { toBlocks } from './markdown.ts'
import { gapsOf } from './reply-variables.ts'

export type FromContent = Pick<
  GateContext,
  'links' | 'contacts' | 'avoid' | 'promises' | 'privateMatters' | 'published' | 'gaps'
> & {
  readonly languages: readonly string[]
}

const made = new WeakMap<Content, FromContent>()

export function gateContextOf(content: Content): FromContent {
  const known = made.get(content)
  if (known) return known
  const { brand, rules, policyExamples, dialogs, articles } = content
  const { links, contacts, avoid, promises, languages } = brand
  const open = articles.filter(({ audience }) => audience === 'public')
  const context: FromContent = {
    links,
    contacts,
    avoid,
    promises,
    languages,
    privateMatters: { rules: privateMattersOf(rules, policyExamples), dialogs },
    gaps: gapsOf(dialogs),
    published: publishedIn(open.flatMap(({ body }) => toBlocks(body).map(({ text }) => text))),
  }
  made.set(content, context)
  return context
}
