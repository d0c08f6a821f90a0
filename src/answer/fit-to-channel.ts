// Shortens an article to what a channel takes: first paragraph first, whole sentences, a link at the end.
import type { Block } from '#content'
import { type TextLimit, textLength } from '#lib'

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })

export type Fitted = {
  readonly text: string
  /** The link is part of the text. */
  readonly linked: boolean
}

/** Undefined when not even the first sentence fits. */
export function fitBlocks(blocks: readonly Block[], link: string, law: TextLimit | undefined): Fitted | undefined {
  const fits = (text: string) => !law || textLength(text, law.unit) <= law.limit
  const withLink = (text: string) => `${text}\n\n${link}`
  const linked = mostOf(blocks, (text) => fits(withLink(text)))
  if (linked) return { text: withLink(linked), linked: true }
  const bare = mostOf(blocks, fits)
  return bare ? { text: bare, linked: false } : undefined
}

/** As many whole blocks as fit; of the first block at least its first sentences. A list is never cut. */
function mostOf([first, ...others]: readonly Block[], fits: (text: string) => boolean): string | undefined {
  if (!first) return undefined
  if (!fits(first.text)) return first.kind === 'list' ? undefined : firstSentences(first.text, fits)
  let text = first.text
  for (const block of others) {
    const longer = `${text}\n\n${block.text}`
    if (!fits(longer)) break
    text = longer
  }
  return text
}

function firstSentences(paragraph: string, fits: (text: string) => boolean): string | undefined {
  let text = ''
  for (const { segment } of SENTENCES.segment(paragraph)) {
    const longer = `${text}${segment}`
    if (!fits(longer.trim())) break
    text = longer
  }
  return text.trim() || undefined
}
