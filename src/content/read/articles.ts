// Reads one file of `knowledge/`: front matter, then the answer in Markdown.
import { basename } from 'node:path'
import { didYouMean } from '#lib'
import type { Brand } from '#policy'
import { type Article, articleHead } from '../article.ts'
import type { OutgoingText } from '../check/customer-texts.ts'
import { AUDIENCES, channelsFor } from '../check/text-fit.ts'
import { checkLinks, checkMarkdown } from '../check/texts.ts'
import type { Problem } from '../content.ts'
import type { ContentFile } from './content-paths.ts'
import { type LineOf, readYaml } from './yaml.ts'

/** What fits a short reply, in characters. */
const FIRST_PARAGRAPH = 280

/** Problems of one text that are told; each is looked up by its line. */
const MOST_PROBLEMS = 50

/** The front matter of an article's file is the first group. */
export const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\r?\n|$)/

export type ReadArticle = {
  readonly article?: Article
  readonly lineOf: LineOf
  readonly problems: readonly Problem[]
  readonly texts: readonly OutgoingText[]
}

export function readArticle(file: ContentFile, brand: Brand | undefined): ReadArticle {
  const split = FRONT_MATTER.exec(file.text)
  if (!split) {
    const problem = file.text.startsWith('---')
      ? 'the front matter has no end; expected a second line `---` before the answer'
      : 'expected the file to begin with `---`, `title: …`, `---`, then the answer'
    return { lineOf: () => 1, problems: [{ file: file.path, line: 1, problem, severity: 'error' }], texts: [] }
  }
  const head = readYaml(file.path, split[1] ?? '', articleHead, 1)
  const body = file.text.slice(split[0].length).trim()
  const bodyStart = file.text.indexOf(body, split[0].length)
  const bodyLine = (at: number) => file.text.slice(0, bodyStart + at).split('\n').length
  const problems: Problem[] = [...head.problems, ...unknownKeys(file, split[1] ?? '')]
  const say = (line: number, problem: string, severity: Problem['severity']) =>
    problems.push({ file: file.path, line, problem, severity })

  if (body === '') say(bodyLine(0), 'there is no answer; expected text after the front matter', 'error')
  const first = firstParagraph(body)
  if (first.text.length > FIRST_PARAGRAPH && head.value?.audience !== 'internal')
    say(
      bodyLine(first.at),
      `the first paragraph has ${first.text.length} characters; expected at most ${FIRST_PARAGRAPH}, so that it fits a short reply`,
      'warning',
    )
  for (const { at, problem } of [...checkLinks(body, brand), ...checkMarkdown(body)].slice(0, MOST_PROBLEMS))
    say(bodyLine(at), problem, 'warning')
  for (const { problem } of checkLinks(head.value?.source ?? '', brand))
    say(head.lineOf(['source']), problem, 'warning')

  const article = head.value && body !== '' ? { ...head.value, id: basename(file.path, '.md'), body } : undefined
  return {
    ...(article && { article }),
    texts: article ? [{ file: file.path, line: bodyLine(0), where: placesIn(article), article: article.id }] : [],
    lineOf: head.lineOf,
    problems,
  }
}

/** Where customers may be told it. */
const placesIn = ({ audience, channels }: Article) =>
  channelsFor(
    audience === 'internal' ? [] : AUDIENCES.filter((one) => audience === 'public' || one === audience),
  ).filter(({ channel }) => channels?.includes(channel) ?? true)

/** The first paragraph that is not a heading, without the marks of Markdown links. */
function firstParagraph(body: string): { text: string; at: number } {
  const found = /(?:^|\n)(?!#{1,6} )(\S[\s\S]*?)(?=\n[ \t]*\r?\n|$)/.exec(body)
  const text = (found?.[1] ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ')
  return { text, at: found ? found.index + found[0].length - (found[1] ?? '').length : 0 }
}

/** Names that we do not read: a slip is an error, because `audiance: internal` must not publish; others may stay. */
function unknownKeys(file: ContentFile, head: string): Problem[] {
  const known = Object.keys(articleHead.shape)
  return head.split('\n').flatMap((text, index): Problem[] => {
    const name = /^([\w-]+):(?:\s|$)/.exec(text)?.[1]
    if (name === undefined || known.includes(name)) return []
    const meant = didYouMean(name, known)
    return meant
      ? [
          {
            file: file.path,
            line: index + 2,
            problem: `there is no \`${name}\` here; did you mean \`${meant}\`?`,
            severity: 'error',
          },
        ]
      : [{ file: file.path, line: index + 2, problem: `\`${name}\` is not read`, severity: 'warning' }]
  })
}
