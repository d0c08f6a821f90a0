// Drops what policies say of articles that are not there, with a warning.

import { didYouMean } from '#lib'
import { isAbout, membersOf, type Rule } from '#policy'
import type { Problem } from '../content.ts'
import type { Example } from '../example.ts'
import type { ReadPolicy } from '../read/policies.ts'

/** The articles that a condition, or an example's fact, names. */
function namedBy(condition: unknown): readonly string[] {
  if (typeof condition !== 'object' || condition === null) return condition === undefined ? [] : [String(condition)]
  if (Array.isArray(condition)) return condition.map(String)
  if (!('all' in condition) && !('not' in condition)) return []
  const { all, not } = membersOf(condition as Extract<Rule['when'][string], { not: unknown }>)
  return [...all, ...not].map(String)
}

/** The policies without rules, examples and articles of incidents that name an article which is not there. */
export function withoutMissingArticles(
  policies: readonly ReadPolicy[],
  articles: readonly string[],
): { readonly policies: ReadPolicy[]; readonly problems: Problem[] } {
  const problems: Problem[] = []
  const isAbsent = (id: string) => id !== 'none' && !articles.includes(id)
  const absentIn = (condition: unknown) => namedBy(condition).filter(isAbsent)
  const left = new Set<string>()
  const tell = (file: string, line: number, id: string, what: string) => {
    const meant = didYouMean(id, articles)
    const hint = meant === undefined ? '' : `; did you mean \`${meant}\`?`
    problems.push({ file, line, problem: `there is no article \`${id}\`${hint}; ${what}`, severity: 'warning' })
  }
  const kept = policies.map((policy): ReadPolicy => {
    const { file, lineOf } = policy
    const rules = policy.rules.filter(({ rule, path }) => {
      const [id] = absentIn(rule.when.article)
      if (id !== undefined) {
        left.add(rule.id)
        tell(file, lineOf([...path, 'when', 'article']), id, 'the rule is left out')
      }
      return id === undefined
    })
    const incidents = policy.incidents.map(({ incident, examples }, index) => {
      const gone = (incident.articles ?? []).filter(isAbsent)
      for (const id of gone)
        tell(
          file,
          lineOf(['incidents', index, 'articles', (incident.articles ?? []).indexOf(id)]),
          id,
          'the incident does without it',
        )
      if (gone.length === 0) return { incident, examples }
      const articles = (incident.articles ?? []).filter((id) => !isAbsent(id))
      const here = { ...incident, articles }
      // What only the article made it about cannot be tried.
      const isByWords = (says: string) =>
        isAbout({ ...here, articles: [], topics: [] }, { text: says, topic: '', article: '' })
      return {
        incident: here,
        examples: examples.flatMap((one): Example[] =>
          one.kind === 'incident' && (!one.about || isByWords(one.says)) ? [{ ...one, incident: here }] : [],
        ),
      }
    })
    return { ...policy, rules, incidents }
  })
  return {
    problems,
    policies: kept.map((policy) => ({
      ...policy,
      examples: policy.examples.filter(({ given, expect, file, line }) => {
        const [id] = absentIn(given.article)
        const isGone = expect.because !== undefined && left.has(expect.because)
        if (id !== undefined) tell(file, line, id, 'the example is left out')
        return id === undefined && !isGone
      }),
    })),
  }
}
