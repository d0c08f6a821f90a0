// Resolving: what it does, whether the customer is asked later, and a word for the history. It can be taken back.
import { useState } from 'react'
import { DialogTrigger, Label, Radio, RadioGroup, Text, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { present } from '../../ui/clock.ts'
import { Box } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useKeys } from '../../ui/use-shortcut.ts'
import type { Ticket } from '../api-client.ts'
import { useDesk } from '../desk-data.tsx'
import { leaveTicket, OpenNextCheck } from '../open-next.tsx'
import { offerReopening } from '../undo.tsx'
import { PromiseField } from './promise-field.tsx'
import type { TicketView } from './use-ticket.ts'

const DAY_MS = 86_400_000
const FOLLOW_UPS = [
  ['usual', 'Usual'],
  ['never', 'Never'],
  ['day', 'Tomorrow'],
  ['week', 'In a week'],
] as const
type FollowUp = (typeof FOLLOW_UPS)[number][0]

const OUTCOMES = [
  ['solved', 'Solved'],
  ['no-answer-needed', 'No answer needed'],
  ['passed-on', 'Passed on'],
  ['spam', 'Spam'],
] as const
type Outcome = (typeof OUTCOMES)[number][0]

function followUpOf(chosen: FollowUp): { followUp?: { at: string } | null } {
  if (chosen === 'usual') return {}
  if (chosen === 'never') return { followUp: null }
  return { followUp: { at: new Date(present() + (chosen === 'day' ? 1 : 7) * DAY_MS).toISOString() } }
}

/** Whether the customer wrote after whatever a person last answered. */
function isUnanswered({ conversations }: Ticket): boolean {
  const said = conversations.flatMap(({ messages }) => messages)
  const last = (...kinds: readonly string[]) =>
    Math.max(0, ...said.flatMap(({ authorKind, at }) => (kinds.includes(authorKind) ? [at] : [])))
  return last('customer') > last('agent', 'brand')
}

type Props = { ticket: Ticket; view: TicketView; isOpen: boolean; onOpenChange: (open: boolean) => void }

export function ResolveDialog({ ticket, view, isOpen, onOpenChange }: Props) {
  const [chosen, setChosen] = useState<FollowUp>('usual')
  const [note, setNote] = useState('')
  const [promises, setPromises] = useState('')
  const [outcome, setOutcome] = useState<Outcome>('solved')
  const [reason, setReason] = useState(ticket.contactReason ?? '')
  const { contactReasons } = useDesk()
  useKeys({ e: () => onOpenChange(true) })

  const resolve = async () => {
    const more = {
      ...(note.trim() ? { note } : {}),
      ...(promises.trim() ? { promises } : {}),
      ...(reason ? { reason } : {}),
    }
    if (await view.act('resolve', { ...followUpOf(chosen), outcome, ...more })) return
    onOpenChange(false)
    offerReopening(ticket)
    leaveTicket(ticket.id)
  }
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Act>
        <Icon name="check" /> Resolve
      </Act>
      <Box title="Resolve this ticket">
        <p>The ticket is finished. The bot answers when {ticket.customer.name} writes again. You can undo this.</p>
        {isUnanswered(ticket) ? (
          <div className="notice warm">
            <Icon name="alert" />
            <p>Nobody has answered the customer’s last message yet.</p>
          </div>
        ) : null}
        {view.refusal ? (
          <div className="notice danger" role="alert">
            <Icon name="alert" />
            <p>{view.refusal.message}</p>
          </div>
        ) : null}
        <RadioGroup
          className="field"
          value={outcome}
          onChange={(value) => setOutcome(OUTCOMES.find(([name]) => name === value)?.[0] ?? 'solved')}
          orientation="horizontal"
        >
          <Label>What became of it</Label>
          <div className="choices">
            {OUTCOMES.map(([name, title]) => (
              <Radio key={name} value={name} className="choice">
                {title}
              </Radio>
            ))}
          </div>
        </RadioGroup>
        {contactReasons.length > 0 ? (
          <label className="field">
            <span className="label">Why they wrote</span>
            <select className="input" value={reason} onChange={(event) => setReason(event.target.value)}>
              <option value="">Not chosen</option>
              {contactReasons.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <RadioGroup
          className="field"
          value={chosen}
          onChange={(value) => setChosen(FOLLOW_UPS.find(([name]) => name === value)?.[0] ?? 'usual')}
          orientation="horizontal"
        >
          <Label>Ask the customer whether all is well</Label>
          <div className="choices">
            {FOLLOW_UPS.map(([name, title]) => (
              <Radio key={name} value={name} className="choice">
                {title}
              </Radio>
            ))}
          </div>
        </RadioGroup>
        {/* Whoever types in haste types here, and presses nothing: the dialog has no key that confirms it. */}
        <TextField className="field" value={note} onChange={setNote} autoFocus>
          <Label>Note</Label>
          <TextArea className="input" rows={2} dir="auto" />
          <Text slot="description">What was settled. Only colleagues see it, in the history.</Text>
        </TextField>
        <PromiseField value={promises} onChange={setPromises} />
        <OpenNextCheck />
        <div className="buttons">
          <Act slot="close">Cancel</Act>
          <Act look="primary" isPending={view.pending === 'resolve'} onPress={resolve}>
            Resolve
          </Act>
        </div>
      </Box>
    </DialogTrigger>
  )
}
