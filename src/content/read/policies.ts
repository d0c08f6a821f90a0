// Reads the rules, incidents and examples of one file of `policies/`.
import {
  type Brand,
  type Incident,
  type LabelledMessage,
  type PolicyExample,
  policyFile,
  type Rule,
  ruleOfIncident,
  SAYINGS,
  type SavedReply,
  type TaughtSignal,
} from '#policy'
import { type OutgoingText, templateDraft } from '../check/customer-texts.ts'
import { channelsOfRule } from '../check/rule-channels.ts'
import { checkLength } from '../check/text-fit.ts'
import { checkLinks, checkPlaceholders, checkWords } from '../check/texts.ts'
import type { Problem } from '../content.ts'
import type { Example } from '../example.ts'
import type { ContentFile } from './content-paths.ts'
import { type LineOf, readYaml } from './yaml.ts'

export type ReadPolicy = {
  /** With its place in the file; the rules of incidents among them. */
  readonly rules: readonly {
    readonly rule: Rule & { readonly owner: string; readonly topic: string; readonly file: string }
    readonly path: readonly PropertyKey[]
  }[]
  readonly incidents: readonly { readonly incident: Incident; readonly examples: readonly Example[] }[]
  readonly examples: readonly (PolicyExample & { readonly file: string; readonly line: number })[]
  readonly messages: readonly (LabelledMessage & { readonly line: number })[]
  /** With who answers for them. */
  readonly signals: readonly (TaughtSignal & { readonly owner: string; readonly file: string })[]
  /** Their lines, each with its place. */
  readonly signalLines: readonly Example[]
  /** Checked once all files are read. */
  readonly savedReplies: readonly (SavedReply & { readonly owner: string })[]
  readonly texts: readonly OutgoingText[]
  readonly file: string
  readonly lineOf: LineOf
  readonly problems: readonly Problem[]
}

export function readPolicy(file: ContentFile, brand: Brand | undefined): ReadPolicy {
  const read = readYaml(file.path, file.text, policyFile)
  const problems: Problem[] = [...read.problems]
  const { rules: written = [], incidents = [], examples = [], messages = [], signals = [] } = read.value ?? {}
  const { topic = '', owner = '', 'saved-replies': savedReplies = [] } = read.value ?? {}
  const say = (path: readonly PropertyKey[], problem: string, severity: Problem['severity'] = 'error') =>
    problems.push({ file: file.path, line: read.lineOf(path), problem, severity })
  const rules = [
    ...written.map((rule, index) => ({ rule, path: ['rules', index], text: rule.say, key: 'say' })),
    ...incidents.map((one, index) => ({
      rule: ruleOfIncident(one),
      path: ['incidents', index],
      text: one.statement,
      key: 'statement',
    })),
  ]
  const texts: OutgoingText[] = []
  const saidFirst = written.map((rule, index) => ({
    rule,
    path: ['rules', index],
    text: rule['say-first'],
    key: 'say-first',
  }))
  for (const { rule, path, text, key } of [...rules, ...saidFirst]) {
    const own = text === undefined || text in SAYINGS ? undefined : text
    if (own === undefined) continue
    texts.push({
      file: file.path,
      line: read.lineOf([...path, key]),
      where: channelsOfRule(rule),
      draft: templateDraft(own),
    })
    for (const problem of checkPlaceholders(own, [])) say([...path, key], problem)
    for (const { problem } of checkLinks(own, brand)) say([...path, key], problem, 'warning')
    const wrong = [...checkLength(own, channelsOfRule(rule), brand), ...(brand ? checkWords(own, brand) : [])]
    for (const problem of wrong) say([...path, key], problem, 'warning')
  }
  examples.forEach((example, index) => {
    const { says, reply, given, expect } = example
    if (says === undefined && reply === undefined && Object.keys(given).length === 0)
      say(['examples', index], 'expected `says`, `given` or both, or `reply`; this example describes nothing')
    if (reply !== undefined && says !== undefined)
      say(['examples', index, 'reply'], 'an example is what a customer says or what we reply, not both')
    if (reply !== undefined && expect.verdict !== 'answer' && expect.verdict !== 'move-to-private')
      say(['examples', index, 'expect'], 'a `reply` may be sent (`answer`), or is kept private (`move-to-private`)')
  })
  return {
    rules: rules.map(({ rule, path }) => ({ rule: { owner, ...rule, topic, file: file.path }, path })),
    incidents: incidents.map((one, index) => ({ incident: one, examples: examplesOf(one, index) })),
    examples: examples.map((example, index) => ({
      ...example,
      file: file.path,
      line: read.lineOf(['examples', index]),
    })),
    messages: messages.map((message, index) => ({ ...message, line: read.lineOf(['messages', index]) })),
    signals: signals.map((signal) => ({ ...signal, owner, file: file.path })),
    signalLines: signals.flatMap((signal, index) =>
      (['says', 'not'] as const).flatMap((list) =>
        signal[list].map((says, at): Example => {
          const line = read.lineOf(['signals', index, list, at])
          return { kind: 'signal', file: file.path, line, signal: signal.id, says, heard: list === 'says' }
        }),
      ),
    ),
    savedReplies: savedReplies.map((reply) => ({ owner, ...reply })),
    texts,
    file: file.path,
    lineOf: read.lineOf,
    problems,
  }

  function examplesOf(one: Incident, index: number): Example[] {
    return (['about', 'not'] as const).flatMap((list) =>
      one.examples[list].map((says, at): Example => {
        const line = read.lineOf(['incidents', index, 'examples', list, at])
        return { kind: 'incident', file: file.path, line, incident: one, says, about: list === 'about' }
      }),
    )
  }
}
