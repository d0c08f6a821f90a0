// The local engine for understanding: intent, signals, sentiment, complaint, without any network.
import type { Content } from '#content'
import { findPrivateData } from '#privacy'
import { LONGEST } from '../retrieval/normalise.ts'
import type { SearchEngine } from '../retrieval/search-engine.ts'
import { isNamed } from './chit-chat.ts'
import { type Labelled, type Moods, readLabelled, together, trainClassifier } from './classifier/classifier.ts'
import { classifyComplaint, rateUrgency } from './complaint.ts'
import { isOpening } from './conversation-opening.ts'
import { isDeniedWish, isDone } from './denied-wish.ts'
import { detectLanguage } from './language.ts'
import { valueMask } from './mask-values.ts'
import { nearestChoice } from './nearest-choice.ts'
import { sentiment } from './sentiment.ts'
import { findSignals, plain } from './signals/signals.ts'
import { asksForHuman } from './signals/wants-human.ts'
import type { Understand, UnderstandInput } from './types.ts'

/** Below this confidence the nearest dialog is not what the customer wants. */
const INTENT_FLOOR = 0.5
/** Dialogs that are near to a text, and how near each is at least. */
const NEAR = 3
const NEAR_SCORE = 0.15

export async function openLocalNlu({
  finder,
  content,
  labelled,
}: {
  readonly finder: SearchEngine
  readonly content: Content
  /** Messages to learn from; default: ours, and those of the content. */
  readonly labelled?: readonly Labelled[]
}): Promise<{
  readonly understand: Understand
  /** The dialogs that are near to a text, best first, also where none is near enough to be wanted. */
  readonly nearDialogs: (text: string) => Promise<readonly string[]>
  readonly moods: () => Moods | undefined
}> {
  const index = await finder.index(content.dialogs)
  // Whoever speaks like an owner's phrase wants what the dialog is for.
  const wanted = content.dialogs.flatMap(({ phrases }) => phrases.map((text) => ({ text, 'not-wanted': false })))
  const taught = await trainClassifier(finder, labelled ?? [...(await readLabelled()), ...wanted, ...content.messages])
  const { competitors, languages, name, handles, proactive } = content.brand
  const ours = handles ? [name, ...handles, ...(proactive?.terms ?? [])] : []
  const withoutValues = valueMask(content)
  const topics = new Map(content.dialogs.map((dialog) => [dialog.id, dialog.topic]))

  const understand: Understand = async (heard) => {
    const text = heard.text.slice(0, LONGEST)
    const said = plain(text)
    const language = await detectLanguage(said, await conversationLanguage(heard, languages[0] ?? 'und'))
    const wish = withoutValues(text)
    const found = await index.search(wish.text, { lexicalOnly: language !== 'en' })
    const choice = heard.choices && language === 'en' ? await nearestChoice(finder, text, heard.choices) : undefined
    const best = found.confidence >= INTENT_FLOOR ? found.ranking[0]?.id : undefined
    const privateData = findPrivateData(text)
    const isTheirOwn = privateData.some(({ type }) => type === 'order' || type === 'account')
    // What X delivers names us; where no handle is known for ours, nobody can be told from us.
    const known = heard.channel !== 'x' || isNamed(text, ours) ? ours : []
    const signals = findSignals(text, competitors, known)
    const ruled = { text: said, signals, sentiment: sentiment(said) }
    const turn = { ...ruled, isSpecific: best !== undefined || isTheirOwn }
    const learnt = language === 'en' && !isOpening(said) ? await taught.hear(text, ruled) : {}
    const mood = learnt.sentiment ?? ruled.sentiment
    const notWanted = learnt.notWanted ?? (language === 'en' && isDeniedWish(said))
    // Who says to others what is not grave does not complain, and neither does who tells us that it is done.
    const doubted = learnt.complaint !== 'major' && (signals.includes('side-talk') || (notWanted && isDone(said)))
    const complaint = together(classifyComplaint(turn), doubted ? undefined : learnt.complaint)
    return {
      intent: best ?? 'none',
      intentConfidence: found.confidence,
      topic: (best && topics.get(best)) ?? 'none',
      complaint,
      sentiment: mood,
      urgency: rateUrgency(turn, complaint),
      language,
      signals: [
        ...signals,
        ...(isTheirOwn || learnt.accountSpecific ? (['account-specific'] as const) : []),
        ...(notWanted ? (['not-wanted'] as const) : []),
        ...(wish.hasValues && wish.text === '' ? (['values-only'] as const) : []),
      ],
      privateData,
      ...(choice !== undefined && { nearestChoice: choice }),
      wantsHuman: asksForHuman(said) || learnt.wantsHuman === true,
    }
  }
  const nearDialogs = async (text: string) => {
    const { ranking } = await index.search(withoutValues(text.slice(0, LONGEST)).text)
    return ranking.slice(0, NEAR).flatMap(({ id, score }) => (score >= NEAR_SCORE ? id : []))
  }
  return { understand, nearDialogs, moods: taught.moods }
}

/** What the customer has spoken so far in this conversation; else the brand's first language. */
function conversationLanguage({ history }: UnderstandInput, otherwise: string): Promise<string> {
  const earlier = history.filter(({ authorKind }) => authorKind === 'customer').slice(-5)
  return detectLanguage(plain(earlier.map(({ text }) => text).join('\n')), otherwise)
}
