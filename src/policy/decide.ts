// Decides: every matching rule fires, and the most cautious verdict wins. Pure.
import type { Facts, FactValue, Reason } from '#domain'
import { compileCondition, completeFacts, placeOf } from './conditions.ts'
import { PRIORITIES, type Rule, VERDICTS, type Verdict } from './rule.ts'
import { buildRuleIndex, type RuleIndex } from './rule-index.ts'

/** The rules of one content version. The array must not change once it was decided by. */
export type Rules = { readonly rules: readonly Rule[]; readonly version: string }

/** What we may do, and why. `say`, `team`, `skills`, `priority` and `communityRule` come from rules that decided. */
export type Decision = {
  readonly verdict: Verdict
  /** The deciding rule first, then the others that fired: most cautious, then most urgent, then by id. */
  readonly reasons: readonly Reason[]
  readonly version: string
  readonly say?: string
  /** What a rule whose `say` is not said has said first all the same. */
  readonly sayFirst?: string
  readonly team?: string
  readonly skills?: readonly string[]
  readonly priority?: Priority
  readonly communityRule?: string
}

type Priority = (typeof PRIORITIES)[number]
type Test = { readonly fact: string; readonly place: number; readonly fits: (value: FactValue) => boolean }
type Compiled = {
  readonly rule: Rule
  readonly conditions: readonly Test[]
  /** Whether it holds on some channels or days only. */
  readonly limited: boolean
  readonly caution: number
  readonly urgency: number
}
/** A rule that fired, or that would if the facts in `doubts` were known and fit. */
type Fired = { readonly by: Compiled; readonly caution: number; readonly doubts: readonly string[] }

const ASK = VERDICTS.indexOf('ask')
const MOVE = VERDICTS.indexOf('move-to-private')
const SURE: readonly string[] = []
const NO_RULE: Reason = { rule: 'no-rule', because: 'no policy covers this, so a person decides' }
const NOT_ASKED: Reason = { rule: 'not-asked', because: 'it asks nothing of us, and no policy wants us to join in' }

type Prepared = { readonly compiled: readonly Compiled[]; readonly sieve: RuleIndex }
const preparedRules = new WeakMap<readonly Rule[], Prepared>()

/** Prepares rules, so that the first decision is as quick as the others. */
export function compile(rules: readonly Rule[], version: string): Rules {
  prepare(rules)
  return { rules, version }
}

function prepare(rules: readonly Rule[]): Prepared {
  const known = preparedRules.get(rules)
  if (known) return known
  const compiled = rules.map((rule) => ({
    rule,
    conditions: Object.entries(rule.when).map(([fact, condition]) => ({
      fact,
      place: placeOf(fact),
      fits: compileCondition(condition),
    })),
    limited: rule.channels !== undefined || rule.from !== undefined || rule.until !== undefined,
    caution: VERDICTS.indexOf(rule.then),
    urgency: rule.priority === undefined ? PRIORITIES.indexOf('normal') : PRIORITIES.indexOf(rule.priority),
  }))
  const prepared = { compiled, sieve: buildRuleIndex(rules) }
  preparedRules.set(rules, prepared)
  return prepared
}

/** Doubts of a rule whose known conditions all fit; undefined when one does not. */
function weigh(by: Compiled, facts: readonly (FactValue | undefined)[]): readonly string[] | undefined {
  let doubts = SURE
  for (const { fact, place, fits } of by.conditions) {
    const value = facts[place]
    if (value === undefined) doubts = [...doubts, fact]
    else if (!fits(value)) return undefined
  }
  return doubts
}

function holdsOn({ channels, from, until }: Rule, channel: FactValue | undefined, today: string | undefined): boolean {
  if (channels && !channels.some((name) => name === channel)) return false
  return today === undefined || ((from === undefined || from <= today) && (until === undefined || today <= until))
}

/**
 * Every rule that fits fires and the most cautious verdict wins. No rule means a person; what is not addressed to us, or
 * asks nothing in public, is ignored then. A rule in doubt asks instead of acting; where the surer rules already ignore,
 * moderate or escalate there is nobody left to ask, and it counts as if it fit (docs/decisions/0004-doubt.md). `today` is a day such as 2026-11-22; without it dates do not matter.
 */
export function decide(rules: Rules, facts: Facts, { today }: { today?: string } = {}): Decision {
  const known = completeFacts(facts)
  const channel = known[placeOf('channel')]
  const sure: Fired[] = []
  const doubtful: Fired[] = []
  const { compiled, sieve } = prepare(rules.rules)
  sieve(known, (index) => {
    const by = compiled[index]
    if (!by || (by.limited && !holdsOn(by.rule, channel, today))) return
    const doubts = weigh(by, known)
    if (doubts?.length === 0) sure.push({ by, caution: by.caution, doubts })
    else if (doubts) doubtful.push({ by, caution: by.caution, doubts })
  })
  const canAsk = sure.every(({ caution }) => caution <= MOVE)
  const fired = [...sure, ...doubtful.map((one) => (canAsk ? { ...one, caution: ASK } : one))]
  return conclude(fired, rules.version, isAsked(known))
}

/** Signals of a public post that wants nothing of us. */
const WANTS_NOTHING: readonly string[] = ['chatter', 'praise', 'side-talk']

/** Whether somebody waits for us: not where they write to others, or in public only chat or are glad. */
function isAsked(known: readonly (FactValue | undefined)[]): boolean {
  const signals = known[placeOf('signals')]
  const said: readonly string[] = Array.isArray(signals) ? signals : []
  const isIdle =
    known[placeOf('audience')] === 'public' &&
    known[placeOf('complaint')] === 'none' &&
    said.some((signal) => WANTS_NOTHING.includes(signal)) &&
    !said.includes('question')
  return known[placeOf('directed')] !== false && !isIdle
}

function conclude(fired: Fired[], version: string, isAsked: boolean): Decision {
  const [first] = fired.sort(
    (a, b) => b.caution - a.caution || b.by.urgency - a.by.urgency || compareIds(a.by.rule.id, b.by.rule.id),
  )
  if (!first) {
    return isAsked
      ? { verdict: 'escalate', reasons: [NO_RULE], version }
      : { verdict: 'ignore', reasons: [NOT_ASKED], version }
  }
  // A rule that only asks has not decided: its words and its team are for when it does.
  const deciding = fired.filter((one) => one.caution === first.caution && one.by.caution === one.caution)
  const rules = deciding.filter(({ by, doubts }) => doubts.length === 0 || by.caution !== ASK).map(({ by }) => by.rule)
  const say = rules.find((rule) => rule.say !== undefined)?.say
  const others = fired.flatMap(({ by: { rule }, doubts }) =>
    doubts.length > 0 || (rules.includes(rule) && rule.say === say) ? [] : [rule],
  )
  const taken = {
    say,
    sayFirst: others.find((rule) => rule['say-first'] !== undefined)?.['say-first'],
    team: rules.find(({ team }) => team !== undefined)?.team,
    skills: rules.find(({ skills }) => skills !== undefined)?.skills,
    // The first is the most urgent; without a word it is normal, however low another one is.
    priority: rules[0]?.priority,
    communityRule: rules.find((rule) => rule['community-rule'] !== undefined)?.['community-rule'],
  }
  return {
    verdict: VERDICTS[first.caution] ?? 'escalate',
    reasons: fired.map(({ by: { rule }, doubts }) =>
      doubts.length > 0 ? { rule: rule.id, because: rule.because, doubts } : { rule: rule.id, because: rule.because },
    ),
    version,
    ...Object.fromEntries(Object.entries(taken).filter(([, value]) => value !== undefined)),
  }
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
