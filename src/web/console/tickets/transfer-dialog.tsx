// The dialog that hands a ticket to a team or a colleague.
import { useState } from 'react'
import { DialogTrigger, Label, Text, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useKeys } from '../../ui/use-shortcut.ts'
import type { Colleague, Ticket, User } from '../api-client.ts'
import { useDesk } from '../desk-data.tsx'
import { readable } from '../labels.ts'
import { leaveTicket, OpenNextCheck } from '../open-next.tsx'
import type { TicketView } from './use-ticket.ts'

const PRESENCE = { 'on-duty': 'on duty', break: 'on a break', 'off-duty': 'off duty' } as const
const ORDER = ['on-duty', 'break', 'off-duty'] as const

const byDuty = (one: Colleague, other: Colleague): number =>
  ORDER.indexOf(one.presence) - ORDER.indexOf(other.presence) || one.name.localeCompare(other.name)

type Props = {
  ticket: Ticket
  view: TicketView
  user: User
  isOpen: boolean
  onOpenChange: (open: boolean) => void
}

export function TransferDialog({ ticket, view, user, isOpen, onOpenChange }: Props) {
  const { teams, colleagues } = useDesk()
  const [where, setWhere] = useState('')
  const [note, setNote] = useState('')
  useKeys({ t: () => onOpenChange(true) })
  const people = colleagues.filter(({ email }) => email !== ticket.owner).toSorted(byDuty)

  const transfer = async () => {
    const [kind, ...rest] = where.split(':')
    const to = rest.join(':')
    const body = { ...(kind === 'team' ? { team: to } : { to }), ...(note.trim() ? { note } : {}) }
    if (await view.act('transfer', body)) return
    onOpenChange(false)
    setNote('')
    setWhere('')
    if (ticket.owner === user.email || ticket.state === 'waiting') leaveTicket(ticket.id)
  }
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Act square aria-label="Transfer">
        <Icon name="transfer" />
      </Act>
      <Box title="Transfer this ticket" onConfirm={() => where && void transfer()}>
        {view.refusal ? (
          <div className="notice danger" role="alert">
            <Icon name="alert" />
            <p>{view.refusal.message}</p>
          </div>
        ) : null}
        <label className="field">
          <span className="label">To</span>
          <select className="input" value={where} onChange={(event) => setWhere(event.target.value)}>
            <option value="">Choose a team or a person</option>
            <optgroup label="Teams: it waits there">
              {teams.map((team) => (
                <option key={team} value={`team:${team}`}>
                  {readable(team)}
                </option>
              ))}
            </optgroup>
            <optgroup label="People: it is theirs at once">
              {people.map(({ email, name, presence, holding }) => (
                <option key={email} value={`to:${email}`}>
                  {email === user.email ? 'Me' : name} ({PRESENCE[presence]}, holds {holding})
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <TextField className="field" value={note} onChange={setNote}>
          <Label>Note</Label>
          <TextArea className="input" rows={2} dir="auto" />
          <Text slot="description">For whoever takes it. The brief, the drafts and the clock go along.</Text>
        </TextField>
        <OpenNextCheck />
        <div className="buttons">
          <Act slot="close">Cancel</Act>
          <Act look="primary" isPending={view.pending === 'transfer'} isDisabled={!where} onPress={transfer}>
            Transfer
          </Act>
        </div>
      </Box>
    </DialogTrigger>
  )
}
