// Reads `policies/`: brand.yaml, and the rules of every other file.
import {
  type Brand,
  brandFile,
  checkRules,
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
export function checkAllRules(policies: readonly ReadPolicy[], vocabulary: Vocabulary): Problem[] {
  const rules = policies.flatMap((policy) => policy.rules.map((rule, index) => ({ rule, index, policy })))
  return checkRules(
    rules.map(({ rule }) => rule),
    vocabulary,
  ).flatMap(({ rule: id, problem }) => {
    // Of two rules with one id the later is the one too many.
    const found = rules.findLast(({ rule }) => rule.id === id)
    if (!found) return []
    const { rule, index, policy } = found
    const fact = Object.keys(rule.when).find((name) => problem.includes(`\`${name}\``))
    const line = policy.lineOf(['rules', index, ...(fact === undefined ? [] : ['when', fact])])
    return [{ file: rule.file, line, problem: `rule \`${id}\`: ${problem}`, severity: 'error' }]
  })
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
