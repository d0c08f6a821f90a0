// What may be written at a place in a policy file, from the table of facts.
import type { Words } from '../api.ts'

type Suggestion = { readonly label: string; readonly means?: string; readonly insert?: string }
export type Suggestions = {
  /** Where in the line the word begins that is being written. */
  readonly from: number
  readonly options: readonly Suggestion[]
}

const MOODS = ['negative', 'neutral', 'positive']
const PRIORITIES = ['low', 'normal', 'high', 'urgent']
/** Keys whose value is a mapping of facts. */
const OF_FACTS = ['when', 'given']
/** Keys of what is listed in a part of the file, where it has no table of its own. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
  examples: ['says', 'given', 'expect'],
  messages: ['text', 'complaint', 'mood', 'account-specific', 'wants-human'],
  signals: ['id', 'because', 'says', 'not', 'major'],
}

const plain = (values: readonly string[]): Suggestion[] => values.map((label) => ({ label }))

function valuesOf(key: string, words: Words): Suggestion[] {
  const { verdicts, sayings, teams, facts } = words
  if (key === 'then' || key === 'verdict') return verdicts.map(({ verdict: label, means }) => ({ label, means }))
  if (key === 'say') return sayings.map(({ name: label, means }) => ({ label, means }))
  if (key === 'team') return plain(teams)
  if (key === 'priority') return plain(PRIORITIES)
  if (key === 'mood') return plain(MOODS)
  if (key === 'channels') return plain(words.channels)
  const fact = facts.find((one) => one.fact === key)
  const named = { intent: words.intents, topic: words.topics, article: words.articles, channel: words.channels }[key]
  if (named) return plain(key === 'channel' ? named : ['none', ...named.filter((one) => one !== 'none')])
  if (fact?.options) return plain(fact.options)
  return fact?.kind === 'yes-no' || key === 'account-specific' ? plain(['true', 'false']) : []
}

const factNames = ({ facts }: Words): Suggestion[] =>
  facts.map(({ fact, means, values }) => ({ label: fact, means: `${means}: ${values}`, insert: `${fact}: ` }))

const indentOf = (line: string) => /^[\s-]*/.exec(line)?.[0].length ?? 0

/** The key under which an indented line stands. */
function parentOf(lines: readonly string[], indent: number): string | undefined {
  const above = lines.findLast((line) => line.trim() !== '' && indentOf(line) < indent)
  return above && /^[\s-]*([\w-]+):/.exec(above)?.[1]
}

/** `lines`: the text up to the caret; the last one is the line that is written in. */
export function suggest(lines: readonly string[], words: Words): Suggestions | undefined {
  const line = lines.at(-1) ?? ''
  if (/^\s*#/.test(line)) return undefined
  const from = line.length - (/[\w.-]*$/.exec(line)?.[0].length ?? 0)
  const before = line.slice(0, from)

  // Inside { … }: a fact's name, or its value, which may be a list.
  const brace = /([\w-]+):\s*\{([^{}]*)$/.exec(before)
  if (brace) {
    const [, owner = '', inside = ''] = brace
    const value = /(?:^|,)\s*([\w-]+):\s*(?:\[[^\]]*)?$/.exec(inside)
    if (value) return { from, options: valuesOf(value[1] ?? '', words) }
    if (OF_FACTS.includes(owner)) return { from, options: factNames(words) }
    if (owner === 'expect') return { from, options: plain(['verdict', 'because']).map(withColon) }
    return undefined
  }
  const value = /^[\s-]*([\w-]+):\s+(?:\[[^\]]*)?$/.exec(before)
  if (value) return { from, options: valuesOf(value[1] ?? '', words) }
  if (!/^[\s-]*$/.test(before)) return undefined

  // The beginning of a line: what may stand there depends on what it is under.
  const indent = before.length
  const parent = parentOf(lines.slice(0, -1), indent)
  if (parent && OF_FACTS.includes(parent)) return { from, options: factNames(words) }
  const listed = LISTED[partOf(lines)]
  if (listed) return { from, options: plain(listed).map(withColon) }
  if (parent === 'rules' || (parent && indent > 2 && lines.some((one) => /^rules:/.test(one)))) {
    return { from, options: words.keys.map(({ key: label, means }) => ({ label, means, insert: `${label}: ` })) }
  }
  return undefined
}

const withColon = (one: Suggestion): Suggestion => ({ ...one, insert: `${one.label}: ` })
/** The part of the file that the last line is in. */
const partOf = (lines: readonly string[]): string =>
  /^[\w-]+/.exec(lines.findLast((one) => /^[\w-]+:/.test(one)) ?? '')?.[0] ?? ''
