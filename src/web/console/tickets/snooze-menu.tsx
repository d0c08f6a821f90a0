// The menu that puts a ticket aside until a time or until the customer writes.
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { present } from '../../ui/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { moment } from '../../ui/relative-time.ts'
import { useKeys } from '../../ui/use-shortcut.ts'
import type { Ticket } from '../api-client.ts'
import type { TicketView } from './use-ticket.ts'

const HOUR_MS = 3_600_000
const EVENING = 18
const MORNING = 9

/** The same day, or some days later, at this hour. */
function at(now: Date, days: number, hour: number): Date {
  const day = new Date(now)
  day.setDate(day.getDate() + days)
  day.setHours(hour, 0, 0, 0)
  return day
}

export function choicesAt(now: Date): readonly (readonly [name: string, until: Date | undefined])[] {
  const toMonday = (8 - now.getDay()) % 7 || 7
  return [
    ['For an hour', new Date(now.getTime() + HOUR_MS)],
    ...(now.getHours() < EVENING - 1 ? [['Until this evening', at(now, 0, EVENING)] as const] : []),
    ['Until tomorrow morning', at(now, 1, MORNING)],
    ...(toMonday > 1 ? [['Until Monday morning', at(now, toMonday, MORNING)] as const] : []),
    ['Until they write', undefined],
  ]
}

export function SnoozeMenu({ ticket, view }: { ticket: Ticket; view: TicketView }) {
  const [open, setOpen] = useState(false)
  useKeys({ s: () => setOpen(true) })
  if (ticket.snoozed) {
    return (
      <Act isPending={view.pending === 'unsnooze'} onPress={() => view.act('unsnooze')}>
        Take up again
      </Act>
    )
  }
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Act square aria-label="Snooze" isPending={view.pending === 'snooze'}>
        <Icon name="snooze" />
      </Act>
      <Popover className="popover" placement="bottom end">
        <Menu aria-label="Put this ticket aside">
          {choicesAt(new Date(present())).map(([name, until]) => (
            <MenuItem key={name} onAction={() => void view.act('snooze', until ? { until: until.toISOString() } : {})}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** Says that the ticket is put aside, and until when. */
export function SnoozedNotice({ ticket: { snoozed } }: { ticket: Ticket }) {
  if (!snoozed) return null
  return (
    <span className="snoozed">
      <Icon name="clock" /> Put aside until {snoozed.until ? moment(Date.parse(snoozed.until)) : 'the customer writes'}.
    </span>
  )
}
