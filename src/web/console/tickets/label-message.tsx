// What the bot took the customer's words for, and what somebody who knows better says they are: the bot learns from it.
import { useState } from 'react'
import { CheckboxGroup, DialogTrigger, Label, Radio, RadioGroup } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Check } from '../../ui/checkbox.tsx'
import { Box } from '../../ui/dialog.tsx'
import type { Ticket, User } from '../api-client.ts'
import { kindOf, readable } from '../labels.ts'
import { useProposing, WordingInDraft } from './propose-example.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = { ticket: Ticket; view: TicketView; user: User }

const COMPLAINTS = [
  ['none', 'No complaint'],
  ['rant', 'A rant', 'anger with nothing to answer'],
  ['minor', 'Minor', 'something went wrong that can be put right'],
  ['major', 'Major', 'harm, fraud, law, press, or trouble again and again'],
] as const
const MOODS = ['negative', 'neutral', 'positive'] as const
const MORE = [
  ['account-specific', 'It is about something of theirs', 'an order, a payment, what was sent to them'],
  ['wants-human', 'It asks for a person'],
] as const

export function Kind({ ticket, view, user }: Props) {
  const { heard, labelled, wording } = ticket.brief
  const proposing = useProposing(view)
  if (!heard) return null
  return (
    <div>
      <dt className="label">Read as</dt>
      <dd className="kind">
        {kindOf(heard)}{' '}
        {labelled ? (
          <WordingInDraft of={labelled} user={user} focus={proposing.wasPressed}>
            Said to be {kindOf(labelled)}
          </WordingInDraft>
        ) : wording ? (
          <KindDialog heard={heard} wording={wording} proposing={proposing} />
        ) : null}
      </dd>
    </div>
  )
}

type DialogProps = {
  heard: NonNullable<Ticket['brief']['heard']>
  wording: string
  proposing: ReturnType<typeof useProposing>
}

function KindDialog({ heard, wording, proposing }: DialogProps) {
  const [open, setOpen] = useState(false)
  const [complaint, setComplaint] = useState<string>(heard.complaint)
  const [mood, setMood] = useState<string>(heard.mood)
  const [more, setMore] = useState<string[]>(MORE.map(([name]) => name).filter((name) => heard[name]))

  const propose = async () => {
    const is = { 'account-specific': more.includes('account-specific'), 'wants-human': more.includes('wants-human') }
    if (await proposing.propose({ complaint, mood, ...is })) setOpen(false)
  }
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Act small look="quiet">
        Correct it
      </Act>
      <Box title="What kind of message is it?">
        <p>
          <q dir="auto">{wording}</q>
        </p>
        <RadioGroup className="field" value={complaint} onChange={setComplaint}>
          <Label>Complaint</Label>
          <div className="choices upright">
            {COMPLAINTS.map(([name, title, means]) => (
              <Radio key={name} value={name} className="choice">
                {title}
                {means ? <span className="choice-means">{means}</span> : null}
              </Radio>
            ))}
          </div>
        </RadioGroup>
        <RadioGroup className="field" value={mood} onChange={setMood} orientation="horizontal">
          <Label>Mood</Label>
          <div className="choices">
            {MOODS.map((name) => (
              <Radio key={name} value={name} className="choice">
                {readable(name)}
              </Radio>
            ))}
          </div>
        </RadioGroup>
        <CheckboxGroup className="field" value={more} onChange={setMore}>
          <Label>What else it is</Label>
          {MORE.map(([name, title, means]) => (
            <Check key={name} value={name} means={means}>
              {title}
            </Check>
          ))}
        </CheckboxGroup>
        <p className="faint">
          The words above wait in a draft. Once somebody has approved and released it, the bot learns from them.
        </p>
        {proposing.trouble}
        <div className="buttons">
          <Act slot="close">Cancel</Act>
          <Act look="primary" isPending={proposing.isPending} onPress={propose}>
            Propose
          </Act>
        </div>
      </Box>
    </DialogTrigger>
  )
}
