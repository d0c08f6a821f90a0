// Checks the signals that policies teach: their names, and lines that contradict each other or an example.

import { isSignal } from '#domain'
import type { Rule, TaughtSignal } from '#policy'
import type { Problem } from '../content.ts'
import type { ReadPolicy } from '../read/policies.ts'

/** Lines are the same whatever their case and signs. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

type Line = { readonly signal: TaughtSignal; readonly list: 'says' | 'not'; readonly text: string; readonly at: Place }
type Place = { readonly file: string; readonly line: number }
const said = ({ file, line }: Place) => `\`${file}:${line}\``

export function checkSignals(policies: readonly ReadPolicy[]): Problem[] {
  const problems: Problem[] = []
  const say = (at: Place, problem: string, severity: Problem['severity'] = 'error') =>
    problems.push({ file: at.file, line: at.line, problem, severity })
  const named = new Set(policies.flatMap(({ rules }) => rules.flatMap(({ rule }) => namedBy(rule))))
  const homes = new Map<string, Place>()
  const lines: Line[] = []
  for (const { file, lineOf, signals } of policies)
    for (const [index, signal] of signals.entries()) {
      const place = (...path: PropertyKey[]) => ({ file, line: lineOf(['signals', index, ...path]) })
      const twin = homes.get(signal.id)
      if (twin) say(place('id'), `signal \`${signal.id}\`: it is taught in ${said(twin)} too; put its lines together`)
      homes.set(signal.id, twin ?? place('id'))
      if (!isSignal(signal.id) && !signal.major && !named.has(signal.id))
        say(place('id'), `signal \`${signal.id}\`: no rule names it, so it changes nothing`, 'warning')
      for (const list of ['says', 'not'] as const)
        for (const [nth, text] of signal[list].entries()) lines.push({ signal, list, text, at: place(list, nth) })
    }

  const known = new Map<string, Line>()
  for (const line of lines) {
    const { signal, list, text, at } = line
    const words = plain(text)
    if (words === '') say(at, `signal \`${signal.id}\`: the line has no words`)
    // What is one signal may well be listed as no other one.
    const twin = known.get(`${list} ${words}`) ?? (list === 'not' ? known.get(`says ${words}`) : undefined)
    if (twin && (twin.list === list || twin.signal === signal)) {
      if (twin.signal === signal)
        say(at, `signal \`${signal.id}\`: the same line stands in ${said(twin.at)} under \`${twin.list}\``)
      else if (list === 'says')
        say(at, `signal \`${signal.id}\`: the same line stands in ${said(twin.at)} under \`${twin.signal.id}\``)
    }
    known.set(`${list} ${words}`, twin?.list === list ? twin : line)
  }

  for (const { examples } of policies)
    for (const { says, given, file, line } of examples) {
      if (says === undefined || given.signals === undefined) continue
      const facts = [given.signals].flat().map(String)
      for (const one of lines) {
        if (plain(one.text) !== plain(says)) continue
        if ((one.list === 'says') === facts.includes(one.signal.id)) continue
        const problem = `signal \`${one.signal.id}\`: the example in ${said({ file, line })} says the opposite of this line`
        say(one.at, problem)
      }
    }
  return problems
}

/** The signals that a rule's `when` names, wherever. */
function namedBy({ when }: Rule): readonly string[] {
  const condition = when.signals
  if (condition === undefined) return []
  return typeof condition === 'object' ? Object.values(condition).flat().map(String) : [String(condition)]
}
