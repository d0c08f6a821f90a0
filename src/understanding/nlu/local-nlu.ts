// The local engine for understanding: intent, signals, sentiment, complaint, without any network.
import type { Content } from '#content'
import { type Complaint, type Frame, isSignal, type Signal, type Understanding } from '#domain'
import { findPrivateData, type PrivateSpan } from '#privacy'
import { LONGEST, normalise } from '../retrieval/normalise.ts'
import type { SearchEngine } from '../retrieval/search-engine.ts'
import { words } from '../retrieval/tokenize.ts'
import { openRepair } from '../spelling/repair.ts'
import { type LabelledAct, readLabelledActs, trainActReader } from './acts/act-reader.ts'
import { isNamed } from './chit-chat.ts'
import { type Labelled, type Moods, readLabelled, trainClassifier } from './classifier/classifier.ts'
import type { Chances } from './classifier/heads.ts'
import { classifyComplaint, MAJOR, rateUrgency } from './complaint.ts'
import { isOpening } from './conversation-opening.ts'
import { withoutCorrection } from './correction.ts'
import { courtesiesIn } from './courtesies.ts'
import { isDeniedWish, wishBar } from './denied-wish.ts'
import { detectLanguage } from './language.ts'
import { valueMask } from './mask-values.ts'
import { nearestChoice } from './nearest-choice.ts'
import { BARS, readingOf, signalsOf, withTaught } from './reading.ts'
import { sentiment } from './sentiment.ts'
import { withoutDeclined } from './signals/declines-human.ts'
import { findSignals, plain } from './signals/signals.ts'
import { asksForHuman } from './signals/wants-human.ts'
import type { HeardSignal, Understand, UnderstandInput } from './types.ts'

export { BARS, type Reading, readingOf } from './reading.ts'

/** Below this confidence the nearest dialog is not what the customer wants. */
const INTENT_FLOOR = 0.5
/** Dialogs that are near to a text, and how near each is at least. */
const NEAR = 3
const NEAR_SCORE = 0.15
/** Where an order is named and the nearest dialog is about orders, that is what it is about. */
const INTENT_FLOOR_OF_ORDER = 0.3
/** So much surer it has to be that nothing is wanted where no dialog says what: it may be what went wrong. */
const UNNAMED = 0.2
const NO_FRAME: Frame = { kind: 'none' }

export async function openLocalNlu({
  finder,
  content,
  labelled,
  labelledActs,
}: {
  readonly finder: SearchEngine
  readonly content: Content
  /** Our messages to learn from, beside those of the content; default: all. */
  readonly labelled?: readonly Labelled[]
  /** Acts to learn from; default: ours. */
  readonly labelledActs?: readonly LabelledAct[]
}): Promise<{
  readonly understand: Understand
  /** The dialogs that are near to a text, best first, also where none is near enough to be wanted. */
  readonly nearDialogs: (text: string) => Promise<readonly string[]>
  readonly moods: () => Moods | undefined
  /** How well the signals that the content teaches are heard, in its order. */
  readonly signals: () => Promise<readonly HeardSignal[]>
}> {
  const repair = await openRepair(content)
  const isEnglish = content.brand.languages.every((language) => language === 'en')
  const index = await finder.index(
    isEnglish ? content.dialogs.map((dialog) => ({ ...dialog, phrases: dialog.phrases.map(repair) })) : content.dialogs,
  )
  // Whoever speaks like an owner's phrase wants what the dialog is for.
  const wanted = content.dialogs.flatMap(({ phrases }) => phrases.map((text) => ({ text, 'not-wanted': false })))
  const otherLines = backgroundOf(content)
  const isGrave = (id: string) => MAJOR.some((signal) => signal === id) || graveOf(content).includes(id)
  const taught = await trainClassifier(finder, labelled ?? (await readLabelled()), [...wanted, ...content.messages], {
    signals: content.signals.map(({ id, says, not }) => ({ id, says, not, isGrave: isGrave(id) })),
    content: otherLines,
  })
  const readAct = await trainActReader(finder, labelledActs ?? (await readLabelledActs()))
  const { competitors, languages, name, handles, proactive } = content.brand
  const ours = handles ? [name, ...handles, ...(proactive?.terms ?? [])] : []
  const withoutValues = valueMask(content)
  const isAboutOrder = (id: string | undefined) =>
    content.dialogs.some((dialog) => dialog.id === id && dialog.needs.some(({ type }) => type === 'order'))
  const topics = new Map(content.dialogs.map((dialog) => [dialog.id, dialog.topic]))

  const read = async (heard: UnderstandInput, isTaught = true): Promise<Understanding> => {
    const text = heard.text.slice(0, LONGEST)
    const said = plain(text)
    const language = await detectLanguage(said, await conversationLanguage(heard, languages[0] ?? 'und'))
    const meant = withoutCorrection(text)
    const isSpelt = language === 'en' || language === 'und'
    // That they want no person is no wish about the matter itself.
    const undeclined = withoutDeclined(isSpelt ? repair(text) : text)
    const read = undeclined ? withoutCorrection(undeclined) : isSpelt ? repair(meant) : meant
    const matter = undeclined ? plain(undeclined) : said
    const wish = withoutValues(read)
    const searched = await index.search(wish.text, { lexicalOnly: language !== 'en' })
    const choice = heard.choices && language === 'en' ? await nearestChoice(finder, read, heard.choices) : undefined
    const privateData = findPrivateData(text)
    const isTheirOwn = privateData.some(({ type }) => type === 'order' || type === 'account')
    // What X delivers names us; where no handle is known for ours, nobody can be told from us.
    const known = heard.channel !== 'x' || isNamed(text, ours) ? ours : []
    const ruled = {
      text: matter,
      signals: findSignals(undeclined || text, competitors, known),
      sentiment: sentiment(matter),
    }
    // Whoever takes leave wishes for nothing and complains of nothing, whatever their words are near to.
    const leaves = ruled.signals.includes('farewell')
    const floor = isTheirOwn && isAboutOrder(searched.ranking[0]?.id) ? INTENT_FLOOR_OF_ORDER : INTENT_FLOOR
    const best = searched.confidence >= floor && !leaves ? searched.ranking[0]?.id : undefined
    const polite = courtesiesIn(said)
    const isCourtesy =
      polite.courtesies.size > 0 && polite.rest === '' && ruled.signals.every((signal) => COURTESIES.includes(signal))
    const isValuesOnly = wish.hasValues && wish.text === ''
    // An address or a number without words says nothing of what the message is.
    const isHeard = language === 'en' && isProse(said) && !isOpening(said) && !isValuesOnly && !leaves && !isCourtesy
    const learnt = isHeard ? await taught.hear(wish.text, { ...ruled, text: plain(wish.text) }) : undefined
    const act = language === 'en' ? await readAct(text, heard.frame ?? NO_FRAME) : undefined
    const overall = learnt?.chances['not-wanted']
    const notWanted =
      !leaves &&
      (overall === undefined
        ? language === 'en' && isDeniedWish(matter)
        : overall >= wishBar(matter) + (best === undefined ? UNNAMED : 0))
    // A question of ours may be open in private, and what shows a value may answer it: neither is left alone.
    // One word alone may be what they need.
    const isPlainPost =
      heard.audience === 'public' && words(said).length > 1 && !VALUE.test(said) && privateData.every(isHandle)
    const byOwner = isTaught ? learnt?.signals : undefined
    const chances = learnt && withoutDenied(learnt.chances, byOwner?.denied ?? [])
    const reading = chances && readingOf(chances, { isPlainPost, isPublic: heard.audience === 'public' })
    const found = signalsOf(ruled.signals, reading, { notWanted, isTheirOwn, isPlainPost })
    const signals = withTaught(found, byOwner)
    // What owners name themselves, and the rules know nothing of.
    const owned = byOwner?.heard.filter((name) => !isSignal(name)) ?? []
    // Who asks for nothing in public wants no form.
    const intent = isPlainPost && signals.some((one) => ASKS_NOTHING.includes(one)) ? 'none' : (best ?? 'none')
    const isOfOwner = owned.some((name) => graveOf(content).includes(name))
    const turn = { ...ruled, signals, isSpecific: best !== undefined || isTheirOwn, isGrave: isOfOwner }
    // Who says to others what is not grave does not complain, and neither does who tells us that it is done.
    const isDenied = notWanted && (learnt?.chances.minor ?? 0) < BARS['minor-denied']
    const doubted = reading?.complaint !== 'major' && (signals.includes('side-talk') || isDenied)
    const complaint = leaves ? 'none' : together(classifyComplaint(turn), doubted ? 'none' : reading?.complaint)
    const wantsHuman =
      undeclined === undefined ? asksForHuman(said) || learnt?.wantsHuman === true : asksForHuman(undeclined)
    return {
      intent,
      intentConfidence: searched.confidence,
      topic: topics.get(intent) ?? 'none',
      complaint,
      sentiment: learnt?.sentiment ?? ruled.sentiment,
      urgency: rateUrgency(turn, complaint),
      language,
      signals: [...signals, ...(isValuesOnly ? (['values-only'] as const) : []), ...owned],
      privateData,
      ...(choice !== undefined && { nearestChoice: choice }),
      wantsHuman,
      ...(undeclined !== undefined && !wantsHuman && { declinesHuman: true as const }),
      ...(act && { act }),
      ...(reading?.asked && { polarity: 'asked' as const }),
    }
  }
  /** A line that is left out is also heard where the rules hear it without any example. */
  const isRuled = async (id: string, text: string): Promise<boolean> => {
    const bare = await read({ text, audience: 'private', channel: 'playground', history: [] }, false)
    return bare.signals.includes(id)
  }
  const signals = async (): Promise<HeardSignal[]> =>
    Promise.all(
      taught.signals().map(async ({ id, heardLeftOut, taken, background }) => {
        const lines = content.signals.find((one) => one.id === id)?.says ?? []
        const says = lines.map(async (text, at) => ({
          text,
          heardLeftOut: heardLeftOut[at] === true || (await isRuled(id, text)),
        }))
        const others = taken.flatMap((at) => otherLines[at] ?? [])
        return { id, major: isGrave(id), says: await Promise.all(says), taken: others, background }
      }),
    )
  const nearDialogs = async (text: string) => {
    const { ranking } = await index.search(withoutValues(text.slice(0, LONGEST)).text)
    return ranking.slice(0, NEAR).flatMap(({ id, score }) => (score >= NEAR_SCORE ? id : []))
  }
  return { understand: (heard) => read(heard), nearDialogs, moods: taught.moods, signals }
}

/** The signals that make a complaint grave because an owner says so. */
const graveOf = ({ signals }: Pick<Content, 'signals'>): readonly string[] =>
  signals.flatMap(({ id, major }) => (major ? id : []))

/** What else customers say to this brand: whoever says so has no signal, unless the same line teaches one. */
function backgroundOf({ articles, dialogs, signals }: Content): readonly string[] {
  const teaching = new Set(signals.flatMap(({ says }) => says.map(normalise)))
  const lines = [...articles.flatMap(({ questions = [] }) => questions), ...dialogs.flatMap(({ phrases }) => phrases)]
  return lines.filter((line) => !teaching.has(normalise(line)))
}

/** What an owner says is not a grave matter is learnt to be none, unless somebody is in danger. */
function withoutDenied(chances: Chances, denied: readonly string[]): Chances {
  const isDenied = MAJOR.some((signal) => denied.includes(signal)) && (chances.danger ?? 0) < BARS.danger
  return isDenied ? { ...chances, major: 0 } : chances
}

/** Code, digits and signs, and what is written in another script, are no sentences that labels speak of. */
function isProse(said: string): boolean {
  const letters = said.match(/[\p{Script=Latin}\s'’,.!]/gu)?.length ?? 0
  if (/[{}\\]|<\w/.test(said)) return false
  return /\p{Script=Latin}{2}/u.test(said) && letters >= PROSE * said.replace(/\p{Extended_Pictographic}/gu, '').length
}
const PROSE = 0.75
const COURTESIES: readonly Signal[] = ['thanks', 'greeting', 'praise']
/** A question, or a number of the kind that we might have asked for. */
const VALUE = /\?|\d{3,}/
const isHandle = ({ type }: PrivateSpan) => type === 'handle'
const ASKS_NOTHING: readonly Signal[] = ['praise', 'chatter', 'spam']

/** Rules are certain of what they hear, and miss what is said in other words; what is grave to either is grave. */
export function together(ruled: Complaint, taught: Complaint | undefined): Complaint {
  return ruled === 'major' ? ruled : (taught ?? ruled)
}

/** What the customer has spoken so far in this conversation; else the brand's first language. */
function conversationLanguage({ history }: UnderstandInput, otherwise: string): Promise<string> {
  const earlier = history.filter(({ authorKind }) => authorKind === 'customer').slice(-5)
  return detectLanguage(plain(earlier.map(({ text }) => text).join('\n')), otherwise)
}
