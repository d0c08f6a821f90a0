// The lists of the queue that a ticket is in, and those that a view reads. Pure.
import { type CaseTicket, type Customer, mergedInto, PRIORITIES, type TicketState } from '#domain'
import { KEYS } from '#redis/keys'

/** Which tickets are looked at: those of which all of this is true. Without a state, whatever is waiting or claimed. */
export type TicketView = {
  readonly state?: TicketState
  /** Those that this agent holds. */
  readonly owner?: string
  /** Those of any of these teams. */
  readonly teams?: readonly string[]
  readonly channel?: string
  /** ISO 639-1, or `und` where nobody can tell. */
  readonly language?: string
  /** Those in any of these languages. */
  readonly languages?: readonly string[]
  /** Those with this tag. */
  readonly tag?: string
  /** Those that should have been answered by now. */
  readonly late?: boolean
  /** Those that are put aside; they are in no other view of claimed tickets. */
  readonly snoozed?: boolean
}

const FACETS = ['team', 'channel', 'language'] as const
/** What the lists of a state are narrowed by; what is absent may be anything. */
type Facets = { readonly [Name in (typeof FACETS)[number]]?: string | undefined }

/** The language of a ticket where nobody can tell it; ISO 639 has this code for that. */
export const UNDETERMINED = 'und'
const languageOf = ({ language = UNDETERMINED }: CaseTicket): string => language

/** What is put aside is in lists of its own. */
type ListState = TicketState | 'snoozed'

function listOf(state: ListState, facets: Facets & { readonly tag?: string }): string {
  const given = [...FACETS, 'tag' as const].flatMap((name) => {
    const value = facets[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return given.length === 0
    ? KEYS.ticket[state]()
    : KEYS.ticket.narrowed(state, String(new URLSearchParams(given.map(([...pair]) => pair))))
}

/** Each choice of facets, from none to all, with the others left open. */
function narrowings(facets: Required<Facets>): Facets[] {
  const all: Facets[] = [{}]
  for (const name of FACETS) all.push(...all.map((one) => ({ ...one, [name]: facets[name] })))
  return all
}

/** Most urgent first, then oldest. */
const rankOf = ({ priority, openedAt }: CaseTicket): number => PRIORITIES.indexOf(priority) * 1e14 + openedAt

/** The place of a ticket in its lists; what is put aside without a time comes last. */
const NO_TIME = 1e15
function placeOf(ticket: CaseTicket): number {
  const { state, snoozed } = ticket
  if (state === 'resolved') return ticket.closedAt ?? ticket.openedAt
  return snoozed ? (snoozed.until ?? NO_TIME) : rankOf(ticket)
}

/** Where a ticket belongs: each list, and its place in it. A view of team, channel and language finds it in one list; what is merged into another is in none. */
export function placesOf(ticket: CaseTicket, { channel }: Pick<Customer, 'channel'>): ReadonlyMap<string, number> {
  const { state, owner, team, dueAt, snoozed, tags = [] } = ticket
  if (mergedInto(ticket)) return new Map()
  const isResolved = state === 'resolved'
  const rank = placeOf(ticket)
  const isDue = !isResolved && ticket.answeredAt === undefined && !snoozed
  const within = snoozed ? 'snoozed' : state
  const held = snoozed ? KEYS.ticket.snoozedBy : KEYS.ticket.heldBy
  const ranked = [
    ...narrowings({ team, channel, language: languageOf(ticket) }).map((facets) => listOf(within, facets)),
    ...tags.map((tag) => listOf(within, { tag })),
    ...(isResolved ? [] : [KEYS.ticket.open()]),
    ...(state === 'claimed' && owner !== undefined ? [held(owner)] : []),
  ]
  return new Map([
    ...ranked.map((list) => [list, rank] as const),
    ...(isDue ? [KEYS.ticket.due(), KEYS.ticket.dueOf(team)].map((list) => [list, dueAt] as const) : []),
  ])
}

/** What a view reads, each in rank order; a view of several teams reads one list for each. */
export type ViewLists = {
  readonly lists: readonly string[]
  /** From the end, newest first. */
  readonly isReversed: boolean
  /** Only those whose place is before now. */
  readonly isPast: boolean
}

/** With a tag, or an agent, the rest of the view is looked for among what is read. */
export function listsOf(view: TicketView): ViewLists {
  const { state, owner, teams, channel, language, languages, tag, late, snoozed } = view
  const isReversed = state === 'resolved'
  const read = (lists: readonly string[]) => ({ lists, isReversed, isPast: late === true })
  if (late) return read(teams ? teams.map((team) => KEYS.ticket.dueOf(team)) : [KEYS.ticket.due()])
  if (owner !== undefined) return read([(snoozed ? KEYS.ticket.snoozedBy : KEYS.ticket.heldBy)(owner)])
  const isNarrowed = teams || languages || channel !== undefined || language !== undefined || tag !== undefined
  // Version 0.1.0 keeps this list alone: what it opens beside us is found here.
  if (!state && !snoozed && !isNarrowed) return read([KEYS.ticket.open()])
  const states: readonly ListState[] = snoozed ? ['snoozed'] : state ? [state] : ['waiting', 'claimed']
  if (tag !== undefined) return read(states.map((one) => listOf(one, { tag })))
  const choices = (teams ?? [undefined]).flatMap((team) =>
    (languages ?? [language]).map((spoken): Facets => ({ team, channel, language: spoken })),
  )
  return read(states.flatMap((one) => choices.map((facets) => listOf(one, facets))))
}

/** Whether a ticket is of a view: the lists follow the cases a moment later, and those of agents and tags know nothing else. */
export function isOfView(
  view: TicketView,
  ticket: CaseTicket,
  customer: Pick<Customer, 'channel'>,
  now: number,
): boolean {
  const { state, owner, teams, channel, language, languages, tag, late, snoozed = false } = view
  return (
    mergedInto(ticket) === undefined &&
    (state ? ticket.state === state : ticket.state !== 'resolved') &&
    (owner === undefined || (ticket.owner === owner && ticket.state === 'claimed')) &&
    (teams === undefined || teams.includes(ticket.team)) &&
    (channel === undefined || customer.channel === channel) &&
    (language === undefined || languageOf(ticket) === language) &&
    (languages === undefined || languages.includes(languageOf(ticket))) &&
    (tag === undefined || ticket.tags?.includes(tag) === true) &&
    (state === 'resolved' || (ticket.snoozed !== undefined) === snoozed) &&
    (!late || (ticket.answeredAt === undefined && ticket.dueAt < now))
  )
}
