// The rules of policy files, as they are read rather than checked: what cannot be read is said, never thrown.
import { parseDocument } from 'yaml'

export type ReadRule = {
  readonly id: string
  readonly when: Readonly<Record<string, unknown>>
  readonly then: string
  readonly because: string
  readonly owner: string
  readonly line: number
  readonly say?: string
  readonly team?: string
  readonly channels?: readonly string[]
  readonly from?: string
  readonly until?: string
}
export type Topic = {
  readonly path: string
  readonly topic: string
  readonly owner: string
  readonly rules: readonly ReadRule[]
  readonly examples: number
  /** Labelled messages. */
  readonly messages: number
  /** Signals that are taught by examples. */
  readonly signals: number
  /** The file as it is cannot be read as YAML. */
  readonly broken?: string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const optional = <Name extends string>(name: Name, value: unknown) =>
  (value === undefined || value === null ? {} : { [name]: value }) as Partial<Record<Name, never>>

export function readTopic(path: string, source: string): Topic {
  const name = path.replace(/^policies\//, '').replace(/\.ya?ml$/, '')
  const document = parseDocument(source)
  const [error] = document.errors
  const value: unknown = error ? undefined : document.toJS()
  if (typeof value !== 'object' || value === null) {
    return {
      path,
      topic: name,
      owner: '',
      rules: [],
      examples: 0,
      messages: 0,
      signals: 0,
      broken: error?.message ?? 'the file is empty',
    }
  }
  const { topic, owner, rules, examples, messages, signals } = value as Record<string, unknown>
  return {
    path,
    topic: text(topic) || name,
    owner: text(owner),
    examples: list(examples).length,
    messages: list(messages).length,
    signals: list(signals).length,
    rules: list(rules).map((one, index): ReadRule => {
      const rule = (one ?? {}) as Record<string, unknown>
      return {
        id: text(rule.id),
        when: (rule.when ?? {}) as Record<string, unknown>,
        then: text(rule.then),
        because: text(rule.because),
        owner: text(rule.owner) || text(owner),
        line: lineOf(source, document, index),
        ...optional('say', rule.say),
        ...optional('team', rule.team),
        ...optional('channels', rule.channels),
        ...optional('from', rule.from),
        ...optional('until', rule.until),
      }
    }),
  }
}

function lineOf(source: string, document: ReturnType<typeof parseDocument>, index: number): number {
  const node = document.getIn(['rules', index], true) as { range?: readonly number[] } | undefined
  return source.slice(0, node?.range?.[0] ?? 0).split('\n').length
}

/** Topics and rules in which every word stands somewhere. */
export function searchTopics(topics: readonly Topic[], words: string): readonly Topic[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return topics
  return topics.flatMap((topic) => {
    const rules = topic.rules.filter((rule) => {
      const all = [topic.topic, rule.id, rule.then, rule.because, rule.owner, JSON.stringify(rule.when), rule.say]
      const there = all.join(' ').toLowerCase()
      return wanted.every((word) => there.includes(word))
    })
    return rules.length > 0 ? [{ ...topic, rules }] : []
  })
}
