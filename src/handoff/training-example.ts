// Makes a training example of a customer's question: one line without private data. Pure.

import escapeStringRegexp from 'escape-string-regexp'
import { type Case, type CaseTicket, type HistoryEvent, type Label, type TrainingExample, timelineOf } from '#domain'
import { PRIVATE_TYPES, redact } from '#privacy'
import { moodOf } from '#understanding'
import { cacheByText } from './text-cache.ts'

/** Characters of a wording: an article lists questions, not stories. */
const LONGEST = 300
/** So many units of a text are read for it. */
const READ = 4_000
/** Letters that have to be left, beside what stands for private data. */
const FEWEST = 4
/** A name shorter than this is a word like any other. */
const SHORTEST_NAME = 3

const LINK = /\bhttps?:\/\/\S+/gi
const HANDLE = /(^|[^\p{L}\p{N}.])@[\p{L}\p{N}_]+/gu
const STANDS_FOR = /\[[a-z-]+\]/g

/** What stands for a card number that was taken out, and its last four digits, which `redact` finds. */
const CARD = /\[card (?:ending \[card\]|number)\]/g

/** A ticket is read often, and its words are the same each time. */
const redacted = cacheByText((text) => redact(text).text.replace(CARD, '[card]'))

type Known = { readonly name: string; readonly value: string }

/** The wording of a ticket: what was said in the turn that its suggestions answer, and still stands. */
export function questionOf(
  current: Case,
  { asked = [] }: Pick<CaseTicket, 'asked'>,
  history: readonly HistoryEvent[],
): string | undefined {
  const said = timelineOf(history).filter(({ id, deleted }) => !deleted && asked.includes(id))
  return toTrainingLine(said.map(({ text }) => text).join('\n'), knownOf(current))
}

/** The messages that a message of the bot's answers. */
export function articleThatAnswered(history: readonly HistoryEvent[], message: string): readonly string[] {
  const place = history.findIndex((event) => event.type === 'message-queued' && event.message.id === message)
  const turn = history.slice(0, Math.max(0, place)).findLast((event) => event.type === 'turn-taken')
  return turn?.type === 'turn-taken' ? turn.messages : []
}

type Proposed = Extract<HistoryEvent, { type: 'wording-learnt' }>

/** Proposals of these messages' wording, from this ticket. */
const proposals = (history: readonly HistoryEvent[], ticket: string, asked: readonly string[]): Proposed[] =>
  history
    .filter((event) => event.type === 'wording-learnt')
    .filter((event) => event.ticket === ticket && isTheSame(event.messages, asked))

/** The proposal of these messages' wording for an article, from this ticket; `wins` false: as not its own. */
export const existingProposals = (
  history: readonly HistoryEvent[],
  ticket: string,
  { article, wins }: Extract<TrainingExample, { article: string }>,
  asked: readonly string[],
): Proposed | undefined => proposals(history, ticket, asked).find((one) => one.article === article && one.wins === wins)

/** The last proposal of what kind of message they are. */
export const givenLabel = (
  history: readonly HistoryEvent[],
  ticket: string,
  asked: readonly string[],
): Proposed | undefined => proposals(history, ticket, asked).findLast(({ label }) => label)

/** What the bot took these messages for, when it took them in one turn. */
export function predictedLabel(
  history: readonly HistoryEvent[],
  asked: readonly string[],
): Required<Label> | undefined {
  const turn = history.findLast((event) => event.type === 'turn-taken' && isTheSame(event.messages, asked))
  const understood = turn?.type === 'turn-taken' ? turn.understanding : undefined
  return (
    understood && {
      complaint: understood.complaint,
      mood: moodOf(understood, understood.complaint),
      'account-specific': understood.signals.includes('account-specific'),
      'wants-human': understood.wantsHuman,
    }
  )
}

const isTheSame = (some: readonly string[], others: readonly string[]) => some.join(' ') === others.join(' ')

/** A text without links, handles, private data and `known` values, on one line; undefined where too little is left. */
export function toTrainingLine(text: string, known: readonly Known[] = []): string | undefined {
  const plain = redacted(text.slice(0, READ))
  const masked = known.reduce((so, { name, value }) => so.replace(wholeWord(value), `[${name}]`), plain)
  const line = masked
    .replace(LINK, ' ')
    .replaceAll('[handle]', ' ')
    .replace(HANDLE, '$1')
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/ (?=[,.;:!?])/g, '')
    .replace(/^[\s,.;:!?]+/, '')
    .trim()
  const letters = line.replace(STANDS_FOR, '').match(/\p{L}/gu) ?? []
  return letters.length < FEWEST ? undefined : shortened(line)
}

/** What the case knows as private, whether or not it looks like it; the longest first. */
function knownOf({ customer, said, facts }: Case): Known[] {
  const types = new Set<string>(PRIVATE_TYPES)
  const names = [customer.name ?? '', ...(customer.name?.split(/\s+/) ?? []), customer.handle?.replace(/^@/, '') ?? '']
  return [
    ...[...said, ...facts].filter(({ name, value }) => types.has(name) && value.length >= SHORTEST_NAME),
    ...names.filter((name) => name.length >= SHORTEST_NAME).map((value) => ({ name: 'name', value })),
  ].toSorted((one, other) => other.value.length - one.value.length)
}

const wholeWord = (value: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}[])${escapeStringRegexp(value)}(?![\\p{L}\\p{N}\\]])`, 'gu')

/** At the end of a sentence if there is one, else of a word. */
function shortened(line: string): string {
  const characters = [...line]
  if (characters.length <= LONGEST) return line
  const start = characters.slice(0, LONGEST).join('')
  const sentences = /^.*[.!?…](?=\s)/su.exec(start)?.[0]
  const whole = sentences ?? start.slice(0, Math.max(start.lastIndexOf(' '), 0))
  return (whole || start).trim()
}
