// Reads the dialogue act of a message in its frame: closed grammars first, then what was learnt. Pure.
// A closed grammar takes the whole message or nothing, so that unforeseen words never become a yes.

import { stemmer } from 'stemmer'
import type { ActReading, DialogueAct, Frame } from '#domain'
import {
  AFFIRMATIONS,
  AROUND,
  CANNOTS,
  CANNOTS_AROUND,
  COURTESIES,
  DEED_LEADS,
  DENIALS,
  FAREWELLS,
  FAREWELLS_AROUND,
  FILLERS,
  GLAD_WORDS,
  GO_AHEADS,
  GREETINGS,
  MISSPELT,
  NO_YES,
  REAL_WORDS,
  REFUSALS,
  SOFTENERS,
  SOLVED,
  STOPS,
  THANKS,
  WAIT_ENDINGS,
  WAITS,
} from './dialogue-act-phrases.ts'
import { type PhraseList, phraseList, wordsIn } from './phrase-list.ts'

const LONGEST = 40
const NONE: Frame = { kind: 'none' }

/** How likely an act has to be to be believed; to be no text that was asked for; to be a yes that harms nobody. */
const LIKELY = 0.5
const SURER_THAN_TEXT = 0.7
/** To be thanks that end a form: the words of thanks themselves are read before. */
const SURE_OF_THANKS = 0.9
const SURE_OF_YES = 0.8
/** So sure of another act, the reader stops a yes. */
const VETO = 0.9

/** `reading`: what was learnt says of it. It may stop a yes that has consequences, and never makes one. */
export function dialogueActOf(text: string, frame: Frame = NONE, reading?: ActReading): DialogueAct {
  const heard = read(text)
  if (heard.words.length === 0) return 'unclear'
  const { kind } = frame
  if (asksYes(frame) && affirms(heard, frame))
    return reading && reading.act !== 'affirm' && reading.chance >= VETO ? reading.act : 'affirm'
  const isSureYes = reading?.act === 'affirm' && reading.chance >= SURE_OF_YES
  if (isSureYes && asksYes(frame) && affirmsWithReason(heard, frame)) return 'affirm'
  const closed = closedActOf(heard, frame)
  if (closed !== undefined) return closed
  const { act, chance } = reading ?? { act: 'unclear', chance: 0 }
  if (kind === 'slot:text') return act !== 'unclear' && chance >= SURER_THAN_TEXT ? act : 'value'
  if (chance < LIKELY || (kind === 'confirm-grave' && act === 'affirm')) return 'unclear'
  if (act === 'thanks' && kind.startsWith('slot:') && chance < SURE_OF_THANKS) return 'unclear'
  return act === 'affirm' && asksYes(frame) && chance < SURE_OF_YES ? 'unclear' : act
}

/** Whether they go, are content, thank or make up for their tone, and say nothing else. */
export function isFarewell(text: string): boolean {
  const heard = read(text)
  const around = [LISTS.farewellsAround, LISTS.thanks, LISTS.thanksAround, LISTS.courtesies]
  return isClosed(heard) && !heard.asksWithMark && made(heard.words, [LISTS.farewells], around)
}

/** Whether it says that the matter is solved without us. */
export function saysSolved(text: string): boolean {
  const heard = read(text)
  return isClosed(heard) && made(heard.words, [LISTS.solved], [LISTS.around, LISTS.courtesies, LISTS.stops])
}

const asksYes = ({ kind }: Frame) => kind === 'confirm-grave' || kind === 'confirm-plain' || kind === 'slot:yes-no'

const isClosed = ({ words, isOdd }: Heard) => !isOdd && words.length <= LONGEST

/** Whether it says that the deed is not wanted, or the thing is to be kept. */
export function refusesDeed(text: string): boolean {
  const heard = read(text)
  return isClosed(heard) && !heard.asksWithMark && isRefusal(heard)
}

const isRefusal = ({ words }: Heard) =>
  made(words, [LISTS.refusals], [LISTS.around, LISTS.courtesies, LISTS.denials, LISTS.stops])

function closedActOf(heard: Heard, { kind, question = '' }: Frame): DialogueAct | undefined {
  const { words, asksWithMark } = heard
  // "One second" puts off, and "the second one" chooses.
  if (!isClosed(heard) || kind === 'choose') return undefined
  if (made(words, [LISTS.greetings], [LISTS.greetings, LISTS.courtesies])) return 'greet'
  if (asksWithMark) return undefined
  const isDenial = () => made(words, [LISTS.denials], [LISTS.around, LISTS.courtesies])
  // "Not yet" answers whether something was done, and puts off what we ask leave for.
  if (kind === 'slot:yes-no' && isDenial()) return 'deny'
  if (kind.startsWith('confirm') && isRefusal(heard)) return 'deny'
  if (made(words, [LISTS.wait], [LISTS.around, LISTS.waitEndings, LISTS.courtesies])) return 'wait'
  if (made(words, [LISTS.solved], [LISTS.around, LISTS.courtesies, LISTS.stops])) return 'stop'
  if (made(words, [LISTS.stops], [LISTS.around, LISTS.courtesies, LISTS.denials])) {
    // At "cancel your order?", "cancel" may mean the order or the question.
    return words.includes('cancel') && /\bcancel/i.test(question) ? 'unclear' : 'stop'
  }
  if (made(words, [LISTS.thanks], [LISTS.thanksAround])) return 'thanks'
  if (isDenial()) return 'deny'
  const isCannot = made(words, [LISTS.cannots], [LISTS.cannotsAround, LISTS.around, LISTS.courtesies])
  return isCannot && kind.startsWith('slot:') ? 'cannot' : undefined
}

type Heard = {
  readonly words: readonly string[]
  readonly asksWithMark: boolean
  /** Marks that turn a word round, or trail off. */
  readonly isOdd: boolean
}

const TOKEN =
  /[^\s@<>()[\],;:!?"]+@[^\s@<>()[\],;:!?"]+[\p{L}\p{N}]|\d+%|[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*|\p{Extended_Pictographic}/gu

function read(text: string): Heard {
  const plain = text
    .slice(0, 2000)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’‘`´ʼ]/g, '')
    .replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]/gu, '')
  return {
    words: tokens(plain).map((word) => MISSPELT[word] ?? shorten(word)),
    asksWithMark: /\?/.test(plain),
    isOdd: /[~<>{}[\]=≠\\^|¬*]|…|\.{2}|[:;][-o]?[(/|\\]|\p{S}(?<!\p{Extended_Pictographic})(?<![£€$+])/u.test(plain),
  }
}

const tokens = (plain: string): string[] => plain.match(TOKEN) ?? []

/** `yesss` and `okayyy` as `yes` and `okay`. */
function shorten(word: string): string {
  for (const [long, short] of DRAWN_OUT) if (long.test(word)) return short
  return word
}
const DRAWN_OUT: readonly (readonly [RegExp, string])[] = [
  [/^y+e+s{2,}$|^y{2,}e+s+$|^ye{2,}s+$/, 'yes'],
  [/^y+e+a+h{2,}$|^y+e+a{2,}h+$/, 'yeah'],
  [/^y+a+s{2,}$/, 'yes'],
  [/^o+k{2,}$/, 'ok'],
  [/^o+k+a+y{2,}$|^o{2,}k+a+y+$/, 'okay'],
  [/^y+u+p{2,}$/, 'yup'],
  [/^y+e+p{2,}$/, 'yep'],
  [/^n+o{2,}$/, 'no'],
  [/^n+a+h{2,}$/, 'nah'],
  [/^n+o+p+e{2,}$/, 'nope'],
  [/^w+a+i+t{2,}$/, 'wait'],
  [/^p+l+e{2,}a+s+e+$|^p+l+e+a+s+e{2,}$/, 'please'],
]

const AFFIRMING = [...AFFIRMATIONS, ...GO_AHEADS]
const LISTS = {
  fillers: phraseList(FILLERS),
  courtesies: phraseList(COURTESIES),
  deedLeads: phraseList(DEED_LEADS),
  softeners: phraseList(SOFTENERS),
  goAheads: phraseList(GO_AHEADS),
  affirmations: phraseList(AFFIRMING),
  glad: phraseList(GLAD_WORDS),
  denials: phraseList(DENIALS),
  stops: phraseList(STOPS),
  solved: phraseList(SOLVED),
  around: phraseList(AROUND),
  wait: phraseList(WAITS),
  waitEndings: phraseList(WAIT_ENDINGS),
  thanks: phraseList(THANKS.slice(0, 1)),
  thanksAround: phraseList(THANKS),
  greetings: phraseList(GREETINGS),
  refusals: phraseList(REFUSALS),
  farewells: phraseList(FAREWELLS),
  farewellsAround: phraseList(FAREWELLS_AROUND),
  cannots: phraseList(CANNOTS),
  cannotsAround: phraseList(CANNOTS_AROUND),
} as const
const LONG_WORDS = wordsIn([...AFFIRMING, ...COURTESIES, ...GLAD_WORDS], 5)

/** Whether the whole message is made of these phrases, and has one of `kernels`. */
function made(words: readonly string[], kernels: readonly PhraseList[], around: readonly PhraseList[]): boolean {
  return accepts(words, (state, at) => [
    ...kernels.flatMap((list) => list(words, at)).map((length) => ({ length, state: 1 })),
    ...around.flatMap((list) => list(words, at)).map((length) => ({ length, state })),
  ])
}

/** Whether steps from the first word reach the end in the state 2, or 1 where there is no 2. */
function accepts(
  words: readonly string[],
  steps: (state: number, at: number) => readonly { readonly length: number; readonly state: number }[],
  final = 1,
): boolean {
  const reached = Array.from({ length: words.length + 1 }, () => new Set<number>())
  reached[0]?.add(0)
  for (let at = 0; at < words.length; at += 1)
    for (const state of reached[at] ?? [])
      for (const step of steps(state, at)) reached[at + step.length]?.add(step.state)
  return reached[words.length]?.has(final) === true
}

const SOFTENED = 1
const AFFIRMED = 2

function affirms({ words, asksWithMark, isOdd }: Heard, frame: Frame): boolean {
  if (asksWithMark || isOdd || words.length > LONGEST || NO_YES.test(words.join(' '))) return false
  const known = frame.kind.startsWith('confirm') ? readBackOf(frame) : undefined
  const said = words.map((word) => repaired(word, known?.words))
  return accepts(
    said,
    (state, at) => {
      const at0 = (list: PhraseList) => list(said, at)
      const isLast = (length: number) => at + length === said.length
      const steps = [
        ...at0(LISTS.fillers)
          .filter((length) => !isLast(length))
          .map((length) => ({ length, state })),
        ...at0(LISTS.courtesies).map((length) => ({ length, state })),
        ...at0(LISTS.goAheads).map((length) => ({ length, state: AFFIRMED })),
      ]
      if (state !== AFFIRMED) steps.push(...at0(LISTS.softeners).map((length) => ({ length, state: SOFTENED })))
      if (state !== SOFTENED) steps.push(...at0(LISTS.affirmations).map((length) => ({ length, state: AFFIRMED })))
      if (at === 0) steps.push(...at0(LISTS.glad).map((length) => ({ length, state: AFFIRMED })))
      if (known) {
        const leads = at0(LISTS.deedLeads).filter((length) => !isLast(length))
        steps.push(...leads.map((length) => ({ length, state })))
        steps.push(...known.values(said, at).map((length) => ({ length, state })))
        steps.push(...known.deeds(said, at).map((length) => ({ length, state: AFFIRMED })))
      }
      return steps
    },
    AFFIRMED,
  )
}

/** Words that bring a reason. */
const REASON = new Set(['because', 'cause', 'cos', 'coz', 'cuz', 'bc', 'since'])
/** With one of them a reason may be a condition, another wish or a question. */
const TURNS =
  /\b(?:if|unless|until|till|when|whenever|once|while|only|but|except|without|instead|rather|wait|stop|hold|keep|keeping|leave|wrong|change|first|before|after|later|then|than|tomorrow|actually|though|although|however|maybe|perhaps|provided|assuming|suppose|hope|hopefully|would|could|should|will|ll|might|may|promise|you|your|youll|youd|youre|u|ur|long|soon|what|which|who|how|where|another|other)\b/
const DENIES = /\b(?:no|not|never|none|nothing|nobody|nor|neither|\w+nt|cannot|dont)\b/
const LONGEST_REASON = 20

/**
 * Whether it is a plain yes with its reason: “yes because it is too big”, “yep, found it cheaper so please do”. What is
 * free in it brings no value, no condition, and denies nothing of what was asked. Only beside a learnt reading that agrees.
 */
function affirmsWithReason({ words, asksWithMark, isOdd }: Heard, frame: Frame): boolean {
  if (asksWithMark || isOdd || words.length > LONGEST) return false
  const isYes = (part: readonly string[]) => affirms({ words: part, asksWithMark, isOdd }, frame)
  const isHarmless = (part: readonly string[]) => isReason(part, frame)
  const because = words.findIndex((word) => REASON.has(word))
  if (because > 0) return isYes(words.slice(0, because)) && isHarmless(words.slice(because + 1))
  const so = words.lastIndexOf('so')
  return so > 1 && isYes(words.slice(0, 1)) && isHarmless(words.slice(1, so)) && isYes(words.slice(so + 1))
}

function isReason(words: readonly string[], { question = '' }: Frame): boolean {
  const text = words.join(' ')
  if (words.length === 0 || words.length > LONGEST_REASON || /[\d@]/.test(text) || TURNS.test(text)) return false
  const asked = new Set(
    tokens(question.toLowerCase())
      .filter((word) => !SMALL.has(word))
      .map(stemmer),
  )
  return !DENIES.test(text) || !words.some((word) => asked.has(stemmer(word)))
}

type ReadBack = {
  readonly words: ReadonlySet<string>
  readonly values: PhraseList
  readonly deeds: PhraseList
}

const DEED =
  /(?:would like (?:us )?to|want (?:me|us) to|shall (?:i|we)|should (?:i|we)|can (?:i|we)|may (?:i|we)|like (?:me|us) to) ([a-z]+)(?: (up|on|off|out|back|in|down))?((?: [a-z]+)*)/g
/** Said of a deed, each takes it back. */
const BACKWARDS = new Set([
  'stop',
  'keep',
  'leave',
  'wait',
  'forget',
  'not',
  'no',
  'go',
  'do',
  'be',
  'hear',
  'have',
  'know',
])
const SMALL = new Set(
  'the a an of to for its this that it them your my our whole entire in on at with from be is'.split(' '),
)

/** What of the question may be said again with a yes: its values, and the deed with its object. */
function readBackOf({ question = '', values = [] }: Frame): ReadBack {
  const known = values.map((value) => tokens(value.toLowerCase().replace(/['’‘`´ʼ]/g, '')))
  const safe = known.filter((value) => value.length > 0 && !MARKS.test(value.join(' ')))
  const read = safe.flatMap((value) => [
    value.join(' '),
    ...['order', 'account', 'the', 'for', 'it is', 'is right', 'the order'].map((lead) =>
      lead === 'is right' ? `${value.join(' ')} is (right|correct|rite)` : `${lead} ${value.join(' ')}`,
    ),
  ])
  const deeds: string[] = []
  const asked = question.toLowerCase().replace(/\{[^{}]*\}/g, ' , ')
  for (const [, verb = '', particle = '', rest = ''] of asked.matchAll(DEED)) {
    if (BACKWARDS.has(verb)) continue
    const object = rest.trim().split(' ').filter(Boolean)
    const nouns = object.filter((word) => !SMALL.has(word)).slice(0, 1)
    const tail =
      object.at(-1) !== undefined && /^(?:on|up|off|out|back|in)$/.test(object.at(-1) ?? '') ? ` ${object.at(-1)}?` : ''
    const it = `(it|them|everything|it all|all of it|the lot|the whole thing${/^(?:that|this)$/.test(object[0] ?? '') ? `|${object[0]}` : ''})`
    const thing = nouns.length > 0 ? `|((my|the|this|that|whole|entire) (whole|entire)? ${nouns[0]})` : ''
    const up = particle ? ` ${particle}?` : ''
    deeds.push(`${verb}${up} (${it}${thing})${up}${tail}`)
    for (const value of safe)
      deeds.push(`${verb}${up} (the|my|this)? (whole|entire)? (order|account)? ${value.join(' ')}`)
  }
  return {
    words: new Set([...known.flat(), ...tokens(asked)]),
    values: phraseList(read),
    deeds: phraseList(deeds),
  }
}

/** Words that limit, refuse or put off: a value with one of them is not taken for a yes when it is said again. */
const MARKS =
  /\b(?:no|not|dont|do not|never|nothing|cant|cannot|wont|wait|stop|keep|leave|cancel|but|only|except|if|unless|until|instead|wrong|before|after|first|without|nor|neither|just)\b/

/** A long word with one letter more, less, other or swapped. */
function repaired(word: string, asked: ReadonlySet<string> | undefined): string {
  if (word.length < 5 || !/^\p{L}+$/u.test(word) || LONG_WORDS.has(word) || REAL_WORDS.has(word) || asked?.has(word))
    return word
  for (const right of LONG_WORDS)
    if (right[0] === word[0] && !isEnding(word, right) && isOneEditAway(word, right)) return right
  return word
}

/** `orders` is another thing than `order`. */
const isEnding = (word: string, right: string) =>
  /^(?:s|d|r)$/.test(word.startsWith(right) ? word.slice(right.length) : '')

function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from += 1
  const [x, y] = [a.slice(from), b.slice(from)]
  if (x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)) return true
  return x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2)
}
