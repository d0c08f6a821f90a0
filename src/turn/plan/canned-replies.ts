// The bot's own sentences, filled in.
import type { Draft } from '#domain'
import { inPrivate, openly } from '#gate'
import type { SayingName } from '#policy'
import type { Scene } from '../context.ts'

/** One of the brand's own sentences, filled in. `secret` is filled in too, and only the customer may read it. */
export function saying(
  scene: Scene,
  name: SayingName,
  values: Record<string, string> = {},
  secret: Record<string, string> = {},
): Draft {
  const template = scene.content.brand.sayings[name]
  const text = template.replace(/\{([a-z-]+)\}/g, (_, key: string) => values[key] ?? secret[key] ?? '')
  const sources = [...openly(template, ...Object.values(values)), ...inPrivate(...Object.values(secret))]
  return { text, audience: scene.audience, author: 'template', sources }
}

/** What a rule tells to say: the name of a saying, or a text of its own. */
export function ruleSays(scene: Scene, say: string): Draft {
  const { sayings } = scene.content.brand
  const promise = scene.given.promises.at(-1)
  if (say in sayings) {
    const values = { opens: scene.duty.opens, ...titlesOf(scene) }
    // What a colleague promised was promised to one customer.
    return saying(scene, say as SayingName, values, promise ? { promise: promise.text } : {})
  }
  return { text: say, audience: scene.audience, author: 'template', sources: openly(say) }
}

function titlesOf({ finding, content }: Scene): { first: string; second: string } {
  const title = (at: number) =>
    content.articles.find((article) => article.id === finding.ranking[at]?.article)?.title ?? ''
  return { first: title(0), second: title(1) }
}
