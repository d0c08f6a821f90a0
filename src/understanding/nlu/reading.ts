// Decides what a message is from the chances of all heads, with doubt where they contradict each other. Pure.
import { type Complaint, SIGNALS, type Signal } from '#domain'
import type { Chances } from './classifier/heads.ts'
import type { SignalReading } from './classifier/taught-signals.ts'
import { GRAVE } from './complaint.ts'

/** What somebody wants of us: help, that something is put right, nothing; `doubt`: nobody can tell whether they are glad or cross. */
type Kind = 'asks' | 'complaint' | 'praise' | 'idle' | 'doubt'

export type Reading = {
  readonly kind: Kind
  /** How likely it is that they ask for nothing. */
  readonly idle: number
  /** Undefined where no line taught it. */
  readonly complaint: Complaint | undefined
  readonly danger: boolean
  /** Somebody may have been harmed; where not, words such as “ambulance” and “allergic” belong to a question. */
  readonly mayBeHarm: boolean
  readonly spam: boolean
  readonly irony: boolean
  /** Undefined: rules say. */
  readonly fraud: boolean | undefined
  readonly happened: boolean
  /** A thing is only asked about, and not yet wanted. */
  readonly asked: boolean
  readonly accountSpecific: boolean
  /** Glad words, and nothing grave. */
  readonly isWarm: boolean
}

/** From which chance on a head is believed; precision and recall on voices kept apart are in decision 48. */
export const BARS = {
  danger: 0.25,
  /** Of danger and a grave matter together: what is only broken is in less danger than it sounds. */
  'danger-and-major': 0.66,
  /** From so much praise on danger has to be so sure: "nearly gave me a heart attack, I love it". */
  'danger-glad': { praise: 0.5, danger: 0.6 },
  spam: 0.3,
  /** In private a customer may be behind it. */
  'spam-private': 0.6,
  major: 0.45,
  praise: 0.42,
  /** Where it is about a matter of theirs: "this mattress is killing my back". */
  'praise-personal': 0.7,
  /** In a public post that names no matter. */
  'rant-post': 0.7,
  irony: 0.36,
  fraud: 0.33,
  'may-be-harm': { danger: 0.3, major: 0.4 },
  /** Below it words such as "stolen" are no fraud: "the machine stole my card". */
  'no-fraud': 0.08,
  idle: 0.45,
  /** Where the wording is that of a question. */
  'idle-question': 0.65,
  'account-specific': 0.5,
  happened: 0.5,
  asked: 0.5,
  /** A complaint beside the words that a thing is not so: "never been late yet". */
  'minor-denied': 0.75,
}
/** How sour a message may be that is thanked, and from where on it is a complaint. */
const SOUR = { thanked: 0.3, complaint: 0.5 }
/**
 * So much idleness makes a slightly sour message doubtful, and a plain post; so little irony leaves a sour and idle one
 * doubtful. A plain post is also in doubt where so little speaks against its being glad, and nothing for a matter of theirs;
 * and where so much speaks for praise that an apology may be for a joke.
 */
const DOUBT = { idle: 0.3, 'idle-post': 0.35, irony: 0.2, glad: -0.4, personal: 0.4, praise: 0.33 }

/** The order is that of what a mistake costs: danger that is missed, an apology that nobody asked for, thanks for irony. */
export function readingOf(
  chances: Chances,
  { isPlainPost = false, isPublic = isPlainPost }: { readonly isPlainPost?: boolean; readonly isPublic?: boolean } = {},
): Reading {
  const { asks = 1, praise = 0, irony = 0, danger = 0, spam = 0, major = 0, minor = 0, rant = 0 } = chances
  const isTaught = chances.minor !== undefined
  const sour = Math.max(rant + minor + major, irony)
  const idle = 1 - asks
  const accountSpecific = chances['account-specific'] ?? 0
  const isDanger = isDangerous(danger, danger + (chances.major ?? danger), praise)
  const isMajor = isDanger || major >= BARS.major
  const worst = major >= BARS.major ? 'major' : rant > minor ? 'rant' : 'minor'
  // Cross words without a matter, which may be a joke among friends.
  const isMild = isPlainPost && worst === 'rant' && rant < BARS['rant-post'] && irony < BARS.irony
  const found = kindOf({ sour, idle, praise, irony, isMajor, isPlainPost, accountSpecific })
  const kind = found === 'complaint' && isMild && !isMajor ? 'doubt' : found
  return {
    kind,
    idle,
    complaint: isTaught ? (kind === 'complaint' ? worst : 'none') : undefined,
    danger: isDanger,
    mayBeHarm: isDanger || danger >= BARS['may-be-harm'].danger || major >= BARS['may-be-harm'].major,
    // Private words are ignored only where there is hardly a doubt.
    spam: spam >= (isPublic ? BARS.spam : BARS['spam-private']) && !isDanger,
    irony: irony >= BARS.irony,
    fraud: fraudOf(chances.fraud),
    happened: (chances.happened ?? 0) >= BARS.happened,
    asked: (chances.asked ?? 0) >= BARS.asked,
    accountSpecific: accountSpecific >= BARS['account-specific'],
    isWarm: praise >= BARS.praise && !isMajor,
  }
}

function fraudOf(chance: number | undefined): boolean | undefined {
  if (chance === undefined || (chance < BARS.fraud && chance >= BARS['no-fraud'])) return undefined
  return chance >= BARS.fraud
}

/** `both`: of danger and a grave matter together. */
const isDangerous = (danger: number, both: number, praise: number): boolean =>
  danger >= BARS.danger &&
  both >= BARS['danger-and-major'] &&
  (praise < BARS['danger-glad'].praise || danger >= BARS['danger-glad'].danger)

type Weighed = {
  readonly sour: number
  readonly idle: number
  readonly praise: number
  readonly irony: number
  readonly isMajor: boolean
  readonly isPlainPost: boolean
  readonly accountSpecific: number
}

function kindOf({ sour, idle, praise, irony, isMajor, isPlainPost, accountSpecific }: Weighed): Kind {
  if (isMajor) return 'complaint'
  const isIdle = idle >= BARS.idle
  const isOfNobody = isPlainPost && accountSpecific < DOUBT.personal
  const mayBeGlad = isOfNobody && idle + praise - sour >= DOUBT.glad
  if (sour >= SOUR.complaint) {
    if (isOfNobody && praise >= DOUBT.praise) return 'doubt'
    return (isIdle || mayBeGlad) && irony < DOUBT.irony ? 'doubt' : 'complaint'
  }
  const isGlad = praise >= (accountSpecific < BARS['account-specific'] ? BARS.praise : BARS['praise-personal'])
  if (sour < SOUR.thanked && isGlad) return 'praise'
  if (isIdle) return sour < SOUR.thanked ? 'idle' : 'doubt'
  const isDoubtful = (sour >= SOUR.thanked && idle >= DOUBT.idle) || (isPlainPost && idle >= DOUBT['idle-post'])
  return isDoubtful ? 'doubt' : 'asks'
}

type Around = {
  /** They say that they do not want a thing, or have it already. */
  readonly notWanted: boolean
  /** They name an order or an account. */
  readonly isTheirOwn: boolean
  /** Public, without a question mark and any value. */
  readonly isPlainPost: boolean
}

/** The signals of rules, and of what was learnt: where something is learnt, it says what rules only guess at by words. */
export function signalsOf(
  ruled: readonly Signal[],
  reading: Reading | undefined,
  { notWanted, isTheirOwn, isPlainPost }: Around,
): readonly Signal[] {
  const added: readonly (Signal | false)[] = [
    (isTheirOwn || reading?.accountSpecific === true) && 'account-specific',
    notWanted && 'not-wanted',
    notWanted && reading?.happened === true && 'happened',
  ]
  const all = [...ruled, ...added]
  if (!reading) return SIGNALS.filter((signal) => all.includes(signal))
  const { kind, idle, danger, spam, irony, fraud } = reading
  const isQuestion = ruled.includes('question')
  const mayAsk = isQuestion && idle < BARS['idle-question']
  const isSaid = ruled.includes('thanks') || ruled.includes('side-talk')
  const isIdle = kind === 'idle' && isPlainPost && !notWanted && !mayAsk && !isSaid
  const learnt: Readonly<Partial<Record<Signal, boolean>>> = {
    praise: kind === 'praise',
    sarcasm: irony,
    // Whoever names an order of ours has one.
    spam: spam && !isTheirOwn,
    safety: danger,
    ...(reading.mayBeHarm ? {} : { medical: false }),
    ...(fraud === undefined ? {} : { fraud }),
    // What is about a matter of theirs is looked into.
    doubt: kind === 'doubt' && !isQuestion && !reading.accountSpecific,
    ...(isIdle ? { chatter: true, question: false } : {}),
    // Whoever speaks well of us threatens with no lawyer, whatever their friends are.
    ...(reading.isWarm ? { 'legal-threat': false } : {}),
    // Nobody is welcomed who tells of danger.
    ...(danger ? { thanks: false } : {}),
  }
  return SIGNALS.filter((signal) => learnt[signal] ?? all.includes(signal))
}

/** With the signals that owners teach: their examples speak before the rules, but of danger the rules are heard as well. */
export function withTaught(signals: readonly Signal[], taught: SignalReading | undefined): readonly Signal[] {
  if (!taught) return signals
  const isDenied = (signal: Signal) => taught.denied.includes(signal) && !GRAVE.includes(signal)
  return SIGNALS.filter((signal) => taught.heard.includes(signal) || (signals.includes(signal) && !isDenied(signal)))
}
