// Reads `policies/`: brand.yaml, and the rules of every other file.
import {
  type Brand,
  brandFile,
  checkFacts,
  checkRules,
  nearest,
  type PolicyExample,
  policyFile,
  type Rule,
  SAYINGS,
  type Vocabulary,
} from '#policy'
import type { Problem } from './content.ts'
import type { ContentFile } from './files.ts'
import { checkLinks, checkPlaceholders, placeholders } from './texts.ts'
import { type LineOf, readYaml } from './yaml.ts'

export const BRAND_FILE = 'policies/brand.yaml'

export function readBrand(file: ContentFile): { brand?: Brand; problems: readonly Problem[] } {
  const read = readYaml(file.path, file.text, brandFile)
  const problems: Problem[] = [...read.problems]
  const brand = read.value
  if (!brand) return { problems }
  const say = (path: readonly PropertyKey[], problem: string, severity: Problem['severity'] = 'error') =>
    problems.push({ file: file.path, line: read.lineOf(path), problem, severity })

  for (const [name, text] of Object.entries(brand.sayings)) {
    const means = SAYINGS[name as keyof typeof SAYINGS]
    if (text.trim() === '') say(['sayings', name], `the saying is empty; it means: ${means}`)
    for (const problem of checkPlaceholders(text, placeholders(means))) say(['sayings', name], problem)
    for (const { problem } of checkLinks(text, brand)) say(['sayings', name], problem, 'warning')
  }
  for (const [name, value] of Object.entries(brand.confidence))
    if (value < 0 || value > 1) say(['confidence', name], `expected a number from 0 to 1, not \`${value}\``)
  if (brand.confidence.public < brand.confidence.private)
    say(
      ['confidence', 'public'],
      'expected `public` to be at least as high as `private`: more people read it',
      'warning',
    )
  if (!isZone(brand.hours.zone))
    say(['hours', 'zone'], `\`${brand.hours.zone}\` is not a time zone; expected one such as \`Europe/London\``)
  for (const [name, minutes] of Object.entries(brand.due))
    if (minutes <= 0) say(['due', name], `expected more than 0 minutes, not \`${minutes}\``)
  for (const [name, time] of Object.entries(brand.clock))
    if (time <= 0) say(['clock', name], `expected more than 0, not \`${time}\`; leave the line out to switch it off`)
  return { brand, problems }
}

export type ReadPolicy = {
  readonly rules: readonly (Rule & { readonly topic: string; readonly file: string })[]
  readonly examples: readonly (PolicyExample & { readonly file: string; readonly line: number })[]
  readonly lineOf: LineOf
  readonly problems: readonly Problem[]
}

export function readPolicy(file: ContentFile, brand: Brand | undefined): ReadPolicy {
  const read = readYaml(file.path, file.text, policyFile)
  const problems: Problem[] = [...read.problems]
  const { rules = [], examples = [], topic = '' } = read.value ?? {}
  rules.forEach((rule, index) => {
    const say = (problem: string, severity: Problem['severity'] = 'error') =>
      problems.push({ file: file.path, line: read.lineOf(['rules', index, 'say']), problem, severity })
    if (rule.say === undefined || rule.say in SAYINGS) return
    for (const problem of checkPlaceholders(rule.say, [])) say(problem)
    for (const { problem } of checkLinks(rule.say, brand)) say(problem, 'warning')
  })
  examples.forEach((example, index) => {
    if (example.says === undefined && Object.keys(example.given).length === 0)
      problems.push({
        file: file.path,
        line: read.lineOf(['examples', index]),
        problem: 'expected `says`, `given` or both; this example describes nothing',
        severity: 'error',
      })
  })
  return {
    rules: rules.map((rule) => ({ ...rule, topic, file: file.path })),
    examples: examples.map((example, index) => ({
      ...example,
      file: file.path,
      line: read.lineOf(['examples', index]),
    })),
    lineOf: read.lineOf,
    problems,
  }
}

/** What is wrong with the rules of all files together, at the line of the part that is meant. */
export function checkAllRules(policies: readonly ReadPolicy[], vocabulary: Vocabulary, today: string): Problem[] {
  const rules = policies.flatMap((policy) => policy.rules.map((rule, index) => ({ rule, index, policy })))
  const shown = new Set(policies.flatMap(({ examples }) => examples.flatMap(({ expect }) => expect.because ?? [])))
  const found = checkRules(
    rules.map(({ rule }) => rule),
    vocabulary,
    { today },
  ).flatMap(({ index: place, at, problem, severity }) => {
    const one = rules[place]
    if (!one) return []
    const line = one.policy.lineOf(['rules', one.index, ...at])
    return [{ file: one.rule.file, line, problem: `rule \`${one.rule.id}\`: ${problem}`, severity }]
  })
  const unseen = rules
    .filter(({ rule }) => !shown.has(rule.id))
    .map(({ rule, index, policy }): Problem => {
      const problem = `rule \`${rule.id}\`: no example shows it; add one that expects it with \`because: ${rule.id}\``
      return { file: rule.file, line: policy.lineOf(['rules', index]), problem, severity: 'warning' }
    })
  return [
    ...found,
    ...unseen,
    ...policies.flatMap((policy) =>
      checkExamples(
        policy,
        rules.map(({ rule }) => rule.id),
        vocabulary,
      ),
    ),
  ]
}

/** Examples speak of facts and rules that exist. */
function checkExamples({ examples, lineOf }: ReadPolicy, ids: readonly string[], vocabulary: Vocabulary): Problem[] {
  return examples.flatMap(({ given, expect, file }, index) => {
    const say = (path: readonly PropertyKey[], problem: string): Problem => ({
      file,
      line: lineOf(['examples', index, ...path]),
      problem,
      severity: 'error',
    })
    const { because } = expect
    const meant = because === undefined || ids.includes(because) ? undefined : nearest(because, ids)
    return [
      ...checkFacts(given, vocabulary).map(({ fact, problem }) => say(['given', fact], problem)),
      ...(because === undefined || ids.includes(because)
        ? []
        : [
            say(['expect', 'because'], `there is no rule \`${because}\`${meant ? `; did you mean \`${meant}\`?` : ''}`),
          ]),
    ]
  })
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
