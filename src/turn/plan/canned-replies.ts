// Fills canned replies (sayings of the brand) as drafts.
import type { ReplyDraft } from '#domain'
import { privateSource, publicSource } from '#gate'
import type { SayingName } from '#policy'
import type { TurnInput } from '../context.ts'

/** One of the brand's own sentences, filled in. `secret` is filled in too, and only the customer may read it. */
export function cannedReply(
  input: TurnInput,
  name: SayingName,
  values: Record<string, string> = {},
  secret: Record<string, string> = {},
): ReplyDraft {
  const template = input.content.brand.sayings[name]
  const text = template.replace(/\{([a-z-]+)\}/g, (_, key: string) => values[key] ?? secret[key] ?? '')
  const sources = [...publicSource(template, ...Object.values(values)), ...privateSource(...Object.values(secret))]
  return { text, audience: input.audience, author: 'template', sources }
}

/** What a rule tells to say: the name of a saying, or a text of its own. */
export function ruleReply(input: TurnInput, say: string): ReplyDraft {
  const { sayings } = input.content.brand
  const promise = input.current.promises.at(-1)
  if (say in sayings) {
    const values = { opens: input.duty.opens, ...titlesOf(input) }
    // What a colleague promised was promised to one customer.
    return cannedReply(input, say as SayingName, values, promise ? { promise: promise.text } : {})
  }
  return { text: say, audience: input.audience, author: 'template', sources: publicSource(say) }
}

function titlesOf({ finding, content }: TurnInput): { first: string; second: string } {
  const title = (at: number) =>
    content.articles.find((article) => article.id === finding.ranking[at]?.article)?.title ?? ''
  return { first: title(0), second: title(1) }
}
