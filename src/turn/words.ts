// The bot's own sentences, filled in.
import type { Draft } from '#conversation'
import type { SayingName } from '#policy'
import type { Scene } from './scene.ts'

/** One of the brand's own sentences, filled in. */
export function saying(scene: Scene, name: SayingName, values: Record<string, string> = {}): Draft {
  const template = scene.content.brand.sayings[name]
  const text = template.replace(/\{([a-z-]+)\}/g, (_, key: string) => values[key] ?? '')
  return { text, audience: scene.audience, author: 'template', sources: [template, ...Object.values(values)] }
}

/** What a rule tells to say: the name of a saying, or a text of its own. */
export function ruleSays(scene: Scene, say: string): Draft {
  const { sayings } = scene.content.brand
  const promise = scene.given.promises.at(-1)
  if (say in sayings) {
    return saying(scene, say as SayingName, {
      opens: scene.duty.opens,
      promise: promise?.text ?? '',
      ...titlesOf(scene),
    })
  }
  return { text: say, audience: scene.audience, author: 'template', sources: [say] }
}

function titlesOf({ finding, content }: Scene): { first: string; second: string } {
  const title = (at: number) =>
    content.articles.find((article) => article.id === finding.ranking[at]?.article)?.title ?? ''
  return { first: title(0), second: title(1) }
}
