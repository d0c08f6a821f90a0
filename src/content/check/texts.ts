// Checks texts for customers: known placeholders, and links to the brand's own hosts.
import { findAvoidedWords } from '#gate'
import { didYouMean } from '#lib'
import { type Brand, EMOJI } from '#policy'

/** The names in `{braces}` of a text. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map((found) => found[1] ?? '')
}

/** What is wrong with the placeholders of a text, given the names that will have a value. */
export function checkPlaceholders(text: string, allowed: readonly string[]): string[] {
  return placeholders(text)
    .filter((name) => !allowed.includes(name))
    .map((name) => {
      const meant = didYouMean(name, allowed)
      const others = allowed.length > 0 ? `; there is ${allowed.map((one) => `\`{${one}}\``).join(', ')}` : ''
      return `nothing fills in \`{${name}}\`${meant ? `; did you mean \`{${meant}}\`?` : others}`
    })
}

/** Web addresses of a text that lead to a host which is not in the brand's `links`. */
export function checkLinks(text: string, brand: Brand | undefined): { at: number; problem: string }[] {
  if (!brand) return []
  return [...text.matchAll(/https?:\/\/[^\s<>()[\]"'`]+/gi)].flatMap((found) => {
    const address = found[0].replace(/[.,;:!?]+$/, '')
    const host = URL.canParse(address) ? new URL(address).hostname : address
    return brand.links.includes(host)
      ? []
      : [
          {
            at: found.index,
            problem: `\`${host}\` is not among the \`links\` of policies/brand.yaml; replies cannot show it`,
          },
        ]
  })
}

/** Links and images in Markdown that a customer cannot open, or not make out. Replies carry words and links, no images. */
export function checkMarkdown(body: string): { at: number; problem: string }[] {
  return [...body.matchAll(/(!?)\[([^\]]{0,300})\]\(([^)\s]{0,2000})[^)]{0,300}\)/g)].flatMap(
    ({ index: at, 1: mark, 2: label = '', 3: to = '' }) => {
      const what = mark ? 'image' : 'link'
      const isAddress = /^(?:https?:\/\/|mailto:|tel:)/i.test(to) && URL.canParse(to)
      return [
        ...(isAddress
          ? []
          : [{ at, problem: `the ${what} \`${to}\` is no address that a customer can open; expected https://…` }]),
        ...(label.trim() === ''
          ? [
              {
                at,
                problem: mark
                  ? 'the image has no words for whoever cannot see it'
                  : `the link to \`${to}\` has no words`,
              },
            ]
          : []),
      ]
    },
  )
}

/** `we'll`, `it's`, and no possessive such as `Lane's`. */
const CONTRACTION = /\b(?:(?:it|that|what|there|here|let|who|how|where)['’]s|\p{L}+['’](?:re|ve|ll|d|m|t))\b/iu

/** Where a text does not sound like the brand, or holds words that the gate would stop. */
export function checkWords(text: string, { avoid, voice }: Brand): string[] {
  const avoided = findAvoidedWords(text, [...avoid, ...(voice.avoid ?? [])])
  const short = voice.formality === 'formal' ? CONTRACTION.exec(text)?.[0] : undefined
  return [
    ...avoided.map((word) => `it says \`${word}\`, which is among the words to avoid; it would not be sent`),
    ...(voice.emoji === false && text.search(EMOJI) >= 0 ? ['it has an emoji, and the brand’s `voice` has none'] : []),
    ...(short ? [`\`${short}\` is informal, and the brand’s \`voice\` is formal`] : []),
  ]
}
