// Checks the rules of all files together and points each problem at its line.

import { didYouMean } from '#lib'
import { type Brand, checkFacts, checkRules, SAYINGS, type Vocabulary } from '#policy'
import type { Content, Problem } from '../content.ts'
import { BRAND_FILE } from '../read/brand.ts'
import type { ReadPolicy } from '../read/policies.ts'
import type { LineOf } from '../read/yaml.ts'

/** The words that rules may use for facts. */
export function vocabularyOf({
  dialogs,
  articles,
  incidents,
  signals,
}: Pick<Content, 'dialogs' | 'articles' | 'incidents' | 'signals'>): Vocabulary {
  return {
    intents: dialogs.map(({ id }) => id),
    topics: [...new Set([...dialogs, ...articles].flatMap(({ topic }) => topic ?? []))],
    articles: articles.map(({ id }) => id),
    incidents: incidents.map(({ id }) => id),
    sayings: Object.keys(SAYINGS),
    signals: signals.map(({ id }) => id),
  }
}

export function checkAllRules(policies: readonly ReadPolicy[], vocabulary: Vocabulary, today: string): Problem[] {
  const all = policies.flatMap((policy) => policy.rules.map((one) => ({ ...one, policy })))
  const found = checkRules(
    all.map(({ rule }) => rule),
    vocabulary,
    { today },
  ).flatMap(({ index, at, problem, severity }): Problem[] => {
    const one = all[index]
    if (!one) return []
    const line = one.policy.lineOf([...one.path, ...at])
    return [{ file: one.policy.file, line, problem: `rule \`${one.rule.id}\`: ${problem}`, severity }]
  })
  const ids = all.map(({ rule }) => rule.id)
  return [
    ...found,
    ...notShown(policies),
    ...policies.flatMap((policy) => checkIncidents(policy, vocabulary)),
    ...policies.flatMap((policy) => checkExamples(policy, ids, vocabulary)),
  ]
}

/** An incident brings examples of its own. */
function notShown(policies: readonly ReadPolicy[]): Problem[] {
  const shown = new Set(policies.flatMap(({ examples }) => examples.flatMap(({ expect }) => expect.because ?? [])))
  return policies.flatMap(({ rules, file, lineOf }) =>
    rules
      .filter(({ rule, path }) => path[0] === 'rules' && !shown.has(rule.id))
      .map(({ rule, path }): Problem => {
        const problem = `rule \`${rule.id}\`: no example shows it; add one that expects it with \`because: ${rule.id}\``
        return { file, line: lineOf(path), problem, severity: 'warning' }
      }),
  )
}

/** Examples speak of facts and rules that exist. */
function checkExamples({ examples, file, lineOf }: ReadPolicy, ids: readonly string[], vocabulary: Vocabulary) {
  return examples.flatMap(({ given, expect: { because } }, index) => {
    const say = (path: readonly PropertyKey[], problem: string): Problem => ({
      file,
      line: lineOf(['examples', index, ...path]),
      problem,
      severity: 'error',
    })
    const unknown = because === undefined || ids.includes(because) ? [] : [because]
    return [
      ...checkFacts(given, vocabulary).map(({ fact, problem }) => say(['given', fact], problem)),
      ...unknown.map((id) => say(['expect', 'because'], `there is no rule \`${id}\`${suggestion(id, ids)}`)),
    ]
  })
}

function checkIncidents({ incidents, file, lineOf }: ReadPolicy, vocabulary: Vocabulary): Problem[] {
  return incidents.flatMap(({ incident }, index) =>
    (incident.topics ?? []).flatMap((word, at): Problem[] => {
      if (vocabulary.topics.includes(word)) return []
      const problem = `there is no topic \`${word}\`${suggestion(word, vocabulary.topics)}`
      return [{ file, line: lineOf(['incidents', index, 'topics', at]), problem, severity: 'error' }]
    }),
  )
}

/** Contact reasons are suggested for dialogs and topics that exist: a typing error is told from one that is not there. */
export function checkContactReasons(
  { 'contact-reasons': reasons }: Pick<Brand, 'contact-reasons'>,
  lineOf: LineOf,
  { intents, topics }: Pick<Vocabulary, 'intents' | 'topics'>,
): Problem[] {
  const known = [...intents, ...topics]
  return reasons.flatMap(({ id, about = [] }, index) =>
    about.flatMap((word, at): Problem[] => {
      if (known.includes(word)) return []
      const meant = suggestion(word, known)
      const more = meant || '; the reason is not suggested for it'
      const problem = `contact reason \`${id}\`: there is no dialog or topic \`${word}\`${more}`
      const line = lineOf(['contact-reasons', index, 'about', at])
      return [{ file: BRAND_FILE, line, problem, severity: meant ? 'error' : 'warning' }]
    }),
  )
}

function suggestion(word: string, words: readonly string[]): string {
  const meant = didYouMean(word, words)
  return meant === undefined ? '' : `; did you mean \`${meant}\`?`
}
