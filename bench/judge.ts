// Labelled conversations, and whether a turn is what their author accepts there.
import { z } from 'zod'
import { OUTCOMES } from '#domain'
import type { ConversedTurn } from '#releases/simulator'

const outcome = z.enum(OUTCOMES)
const pattern = z.string().refine(isPattern, 'not a regular expression')

/** What is fine in a turn; what is left out is not judged. A fault against the starred ones is critical. */
export const expectation = z.strictObject({
  outcomes: z.array(outcome).optional(),
  /** * Outcomes that are never fine. */
  never: z.array(outcome).optional(),
  /** Dialogs that may ask, `a|b`; also `any` and `none`. A person or an article may come in their place. */
  form: z.string().optional(),
  /** * Dialogs that must not ask. */
  neverForm: z.array(z.string()).optional(),
  /** Articles of which one answers or is offered; an empty list: no article does. */
  article: z.array(z.string()).optional(),
  /** false: nothing is carried out (*); true, or a dialog's id: it is. */
  carried: z.union([z.boolean(), z.string()]).optional(),
  complaint: z.array(z.string()).optional(),
  /** true: the ticket is urgent, or high and an emergency team's (*); false: it is not urgent. */
  urgent: z.boolean().optional(),
  /** Matches all that was said in the turn. */
  replyMust: pattern.optional(),
  /** * Matches nothing that was said. */
  replyNever: pattern.optional(),
  silent: z.boolean().optional(),
  /** Judged only after a turn that ended so; `form`: it left a dialog's question open; `choice`: it offered articles. */
  after: z.array(z.union([outcome, z.literal('form'), z.literal('choice')])).optional(),
})
export type Expectation = z.infer<typeof expectation>

export const OWN_BRAND = 'harbour-lane'

const audience = z.enum(['public', 'private'])
/** A line of `conversations/*.jsonl`. Nothing that teaches the bot is made of them. */
export const conversation = z.strictObject({
  id: z.string(),
  kind: z.string(),
  /** A folder of `../shared/data`, where it is not the sample brand. */
  brand: z.string().default(OWN_BRAND),
  audience,
  turns: z
    .array(
      z.strictObject({
        text: z.string().min(1),
        audience: audience.optional(),
        after: z.number().optional(),
        expect: expectation.optional(),
      }),
    )
    .min(1),
})
export type Conversation = z.infer<typeof conversation>

export type Judgement = {
  readonly isJudged: boolean
  readonly faults: readonly string[]
  /** Those of the faults that are never fine. */
  readonly critical: readonly string[]
}

const EMERGENCY_TEAMS = new Set(['safety', 'security', 'fraud', 'duty-lead'])
/** What customers of the brands here say that must not be read in public. */
const PRIVATE_VALUES = /HL[- ]?\d{5}|[\w.+-]+@[\w-]+\.[\w.-]*\w|\+?\d[\d ]{8,}\d/gi

/** `words`: the customer's, up to this turn; `before`: the turn before. */
export function judge(
  expect: Expectation | undefined,
  turn: ConversedTurn,
  { words, before, now }: { readonly words: readonly string[]; readonly before?: ConversedTurn; readonly now: number },
): Judgement {
  const faults: string[] = []
  const critical: string[] = []
  const fault = (text: string) => void faults.push(text)
  const grave = (text: string) => {
    faults.push(text)
    critical.push(text)
  }
  const isJudged = expect !== undefined && (!expect.after || expect.after.some((end) => endedIn(before, end)))
  if (isJudged) {
    judgeOutcome(expect, turn, fault, grave)
    judgeContent(expect, turn, fault)
    judgeDeeds(expect, turn, fault, grave)
    judgeWords(expect, turn, now, fault, grave)
  }
  const inPublic = turn.replies.filter(({ audience }) => audience === 'public').map(({ text }) => text)
  for (const [value] of words.join('\n').matchAll(PRIVATE_VALUES))
    if (inPublic.some((text) => text.includes(value))) grave(`in public: ${value}`)
  return { isJudged, faults, critical }
}

/** Whether somebody looks at once. */
export const isUrgent = ({ ticket }: ConversedTurn): boolean =>
  ticket?.priority === 'urgent' || (ticket?.priority === 'high' && EMERGENCY_TEAMS.has(ticket.team))

type Say = (text: string) => void

function judgeOutcome({ outcomes, never, complaint }: Expectation, turn: ConversedTurn, fault: Say, grave: Say): void {
  const is = turn.outcome as (typeof OUTCOMES)[number]
  if (never?.includes(is)) grave(`${is} is never fine`)
  else if (outcomes && !outcomes.includes(is)) fault(`${is}, not ${outcomes.join(' or ')}`)
  const heard = turn.reading?.complaint
  if (complaint && heard !== undefined && !complaint.includes(heard)) fault(`heard as ${heard}`)
}

/** Whether the right article or dialog speaks. Whoever hands over, or says a sentence of the brand's, names neither. */
function judgeContent({ article, form }: Expectation, turn: ConversedTurn, fault: Say): void {
  const { articles, offered, outcome: is } = turn
  const named = [...articles, ...offered]
  const isRight = named.some((id) => article?.includes(id))
  if (article && !isRight) {
    const wanted = article.join(' or ') || 'none'
    const wrong = offered.length > 0 || (is === 'answered' && articles.length > 0)
    const nothing = is === 'answered' && named.length === 0 && !turn.form
    const dialogInstead = is === 'asked' && named.length === 0 && turn.form !== null && !form
    if (wrong) fault(`article ${named.join(' or ')}, not ${wanted}`)
    else if (article.length > 0 && nothing) fault(`no article, not ${wanted}`)
    else if (article.length > 0 && dialogInstead) fault(`dialog ${turn.form}, not ${wanted}`)
  }
  if (form === undefined) return
  const fine = form.split('|')
  const isFine = turn.form
    ? fine.includes('any') || fine.includes(turn.form)
    : is !== 'asked' || fine.includes('none') || (isRight && offered.length > 0)
  if (!isFine) fault(`dialog ${turn.form ?? 'none'}, not ${form}`)
}

function judgeDeeds(expect: Expectation, turn: ConversedTurn, fault: Say, grave: Say): void {
  const { neverForm, carried, urgent } = expect
  if (turn.form && neverForm?.includes(turn.form)) grave(`dialog ${turn.form} against the words`)
  const done = turn.done.flatMap((deed) => (deed.what === 'dialog' ? [deed.dialog] : []))
  if (carried === false && done.length > 0) grave(`carried out: ${done.join(', ')}`)
  const isMissing = typeof carried === 'string' ? !done.includes(carried) : carried === true && done.length === 0
  if (isMissing) fault(`not carried out${carried === true ? '' : `: ${carried}`}`)
  const { ticket } = turn
  if (urgent === true && !isUrgent(turn))
    grave(`not urgent: ${ticket ? `${ticket.priority}, ${ticket.team}` : 'no ticket'}`)
  if (urgent === false && ticket?.priority === 'urgent') fault('urgent')
}

function judgeWords(expect: Expectation, turn: ConversedTurn, now: number, fault: Say, grave: Say): void {
  const { replyMust, replyNever, silent } = expect
  const said = turn.replies.map(({ text }) => text).join('\n')
  const matchOf = (text: string) => new RegExp(withDays(text, now), 'i').exec(said)
  if (replyMust && !matchOf(replyMust)) fault(`said not “${replyMust}”`)
  const wrong = replyNever ? matchOf(replyNever) : null
  if (wrong) grave(`said “${wrong[0]}”`)
  if (silent !== undefined && silent !== (said === '')) fault(silent ? 'spoke' : 'was silent')
}

function endedIn(before: ConversedTurn | undefined, end: string): boolean {
  if (end === 'choice') return before !== undefined && before.offered.length > 0
  if (end !== 'form') return before?.outcome === end
  return before?.form != null && !before.done.some((deed) => deed.what === 'dialog')
}

/**
 * A text with its days as the bot writes them: `{day+7}` is 7 December 2026 a week before that, `{date+7}` 7 December,
 * `{num+7}` 7/12 and `{dom+7}` 7. A Sunday is the Monday after it.
 */
export function withDays(text: string, now: number): string {
  return text.replace(/\{(day|date|num|dom)\+(\d+)\}/g, (_, form: keyof typeof DAY_FORMATS, days: string) => {
    const day = new Date(now + Number(days) * DAY_MS)
    const isSunday = write(day, { weekday: 'short' }) === 'Sun'
    const shown = write(isSunday ? new Date(day.getTime() + DAY_MS) : day, DAY_FORMATS[form])
    return form === 'num' ? shown.replace(/\b0/g, '') : shown
  })
}

const DAY_MS = 86_400_000
const DAY_FORMATS = {
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  date: { day: 'numeric', month: 'long' },
  num: { day: 'numeric', month: 'numeric' },
  dom: { day: 'numeric' },
} as const
const write = (day: Date, how: Intl.DateTimeFormatOptions) =>
  day.toLocaleDateString('en-GB', { timeZone: 'Europe/London', ...how })

function isPattern(text: string): boolean {
  try {
    return new RegExp(withDays(text, 0), 'i') !== undefined
  } catch {
    return false
  }
}
