// Computes when the timers of a ticket are due (SLA, warning, idle, follow-up). Pure.
import { type CaseTicket, mergedInto } from '#domain'
import { addBusinessMinutes, type Brand } from '#policy'
import { NETWORK_INBOX } from './ticket-states.ts'

/** The names under which the clock knows them; each is for the ticket whose id is its key. */
const ALARMS = [
  'ticket-due',
  'ticket-warning',
  'ticket-idle',
  'ticket-waiting',
  'snooze-over',
  'follow-up',
  'danger-unclaimed',
] as const
export type Alarm = (typeof ALARMS)[number]

/** After so long that nobody has claimed it, everybody on duty is told of somebody in danger. */
export const DANGER_MS = 2 * 60_000

/** The timers of a ticket that have not run yet, in milliseconds since 1970. */
export function alarmsOf(ticket: CaseTicket, brand: Pick<Brand, 'hours' | 'clock'>): { what: Alarm; at: number }[] {
  if (mergedInto(ticket)) return []
  const { clock } = brand
  const since = ticket.since ?? ticket.openedAt
  const alarms: { what: Alarm; at: number | undefined }[] =
    ticket.state === 'resolved'
      ? [{ what: 'follow-up', at: ticket.followUp?.at }]
      : ticket.snoozed
        ? [{ what: 'snooze-over', at: ticket.snoozed.until }]
        : [
            // Whoever was answered waits for nothing.
            { what: 'ticket-due', at: ticket.answeredAt === undefined ? ticket.dueAt : undefined },
            {
              what: 'ticket-warning',
              at: ticket.answeredAt === undefined ? warnAt(ticket, clock['warn-before']) : undefined,
            },
            ticket.state === 'claimed'
              ? { what: 'ticket-idle', at: idleAt(ticket, since, brand) }
              : {
                  what: 'ticket-waiting',
                  at: clock['reassure-after'] && addBusinessMinutes(brand, since, clock['reassure-after']),
                },
            {
              what: 'danger-unclaimed',
              at: ticket.state === 'waiting' && ticket.priority === 'urgent' ? since + DANGER_MS : undefined,
            },
          ]
  return alarms.flatMap(({ what, at }) => (at === undefined || ticket.rang?.includes(what) ? [] : [{ what, at }]))
}

/** Nobody is warned of what is due at once. */
function warnAt({ dueAt, openedAt }: CaseTicket, before: number | undefined): number | undefined {
  const at = dueAt - (before ?? 0) * 60_000
  return before && at > openedAt ? at : undefined
}

/** When a claimed ticket is taken from whoever has done nothing since `since`; undefined: never. */
export function idleAt(
  ticket: CaseTicket,
  since: number,
  { hours, clock }: Pick<Brand, 'hours' | 'clock'>,
): number | undefined {
  if (ticket.owner === NETWORK_INBOX)
    return clock['network-inbox-after'] && since + clock['network-inbox-after'] * 60_000
  return clock['release-after'] && addBusinessMinutes({ hours }, since, clock['release-after'])
}
