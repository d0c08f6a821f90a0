// Experts outside: asking one by a link, and which links there are.
import { useState } from 'react'
import { Checkbox, Input, Label, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { CheckMark } from '../../ui/checkbox.tsx'
import { Box } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { announce } from '../../ui/live-region.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import { type AskedExpert, ask, asProblem, type Ticket } from '../api-client.ts'
import type { NameOf } from '../desk-data.tsx'
import { AUTHORS, many } from '../labels.ts'
import { Masked } from './masked-text.tsx'
import type { TicketView } from './use-ticket.ts'

const HOURS = [
  [24, 'One day'],
  [72, 'Three days'],
  [168, 'A week'],
  [336, 'Two weeks'],
] as const
/** The newest messages are offered. */
const OFFERED = 40

type Props = { ticket: Ticket; view: TicketView; isOpen: boolean; onOpenChange: (open: boolean) => void }

export function ExpertDialog({ ticket, view, isOpen, onOpenChange }: Props) {
  const [name, setName] = useState('')
  const [question, setQuestion] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [unmasked, setUnmasked] = useState(false)
  const [hours, setHours] = useState(72)
  const [problem, setProblem] = useState('')
  const [pending, setPending] = useState(false)
  const [link, setLink] = useState('')
  const [copied, setCopied] = useState(false)
  const messages = ticket.conversations
    .flatMap((one) => one.messages)
    .toSorted((one, other) => one.at - other.at)
    .slice(-OFFERED)

  const close = (open: boolean) => {
    onOpenChange(open)
    if (open || !link) return
    setLink('')
    setCopied(false)
    setName('')
    setQuestion('')
    setChosen(new Set())
    setUnmasked(false)
  }
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  const send = async () => {
    if (!name.trim() || !question.trim() || pending) return
    setPending(true)
    try {
      const body = { name, question, messages: [...chosen], unmasked, hours }
      const asked = await ask<AskedExpert>('POST', `/api/tickets/${encodeURIComponent(ticket.id)}/experts`, body)
      view.put(asked.ticket)
      setProblem('')
      setLink(asked.link)
    } catch (error) {
      setProblem(asProblem(error).message)
    }
    setPending(false)
  }
  const copy = async () => {
    await navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    )
    announce('The link is copied.')
  }
  if (link) {
    return (
      <Box title={`The link for ${name}`} isOpen={isOpen} onOpenChange={close}>
        <p>Send it to them alone. It is shown only now; their answer arrives in this ticket as a note.</p>
        <TextField className="field" value={link} isReadOnly autoFocus>
          <Label>Link</Label>
          <Input className="input" onFocus={(event) => event.currentTarget.select()} />
        </TextField>
        <div className="buttons">
          <Act slot="close">Done</Act>
          <Act look="primary" onPress={copy}>
            <Icon name={copied ? 'check' : 'link'} /> {copied ? 'Copied' : 'Copy the link'}
          </Act>
        </div>
      </Box>
    )
  }
  return (
    <Box title="Ask an expert outside" isOpen={isOpen} onOpenChange={close} onConfirm={() => void send()}>
      <p>They need no account. They see the question and the messages that you choose, and nothing else.</p>
      {problem ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{problem}</p>
        </div>
      ) : null}
      <TextField className="field" value={name} onChange={setName} autoFocus>
        <Label>Their name</Label>
        <Input className="input" maxLength={60} autoComplete="off" />
      </TextField>
      <TextField className="field" value={question} onChange={setQuestion}>
        <Label>Question</Label>
        <TextArea className="input" rows={3} maxLength={4000} dir="auto" />
      </TextField>
      <fieldset className="field expert-choice">
        <legend className="label">Messages that they may read</legend>
        <div className="expert-choices">
          {messages.map(({ id, authorKind, text, private: spans }) => (
            <Checkbox key={id} className="check" isSelected={chosen.has(id)} onChange={(is) => choose(id, is)}>
              <CheckMark />
              <span>
                <strong>{AUTHORS[authorKind]}</strong> <Masked text={text} spans={spans} />
              </span>
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <Checkbox className="check" isSelected={unmasked} onChange={setUnmasked}>
        <CheckMark /> Show private data in them: names, order numbers, addresses
      </Checkbox>
      <label className="field">
        <span className="label">The link holds for</span>
        <select className="input" value={hours} onChange={(event) => setHours(Number(event.target.value))}>
          {HOURS.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <div className="buttons">
        <Act slot="close">Cancel</Act>
        <Act look="primary" isPending={pending} isDisabled={!name.trim() || !question.trim()} onPress={send}>
          Make the link
        </Act>
      </div>
    </Box>
  )
}

const STATES = {
  open: 'has not answered',
  answered: 'has answered',
  revoked: 'taken back',
  expired: 'expired',
} as const

/** Who was asked, and what became of it. */
export function Experts({ ticket, view, nameOf }: { ticket: Ticket; view: TicketView; nameOf: NameOf }) {
  const [trouble, setTrouble] = useState('')
  const { experts = [] } = ticket
  if (experts.length === 0) return null
  const revoke = async (id: string) => {
    try {
      const path = `/api/tickets/${encodeURIComponent(ticket.id)}/experts/${encodeURIComponent(id)}/revoke`
      view.put(await ask<Ticket>('POST', path))
      setTrouble('')
      announce('The link is taken back.')
    } catch (error) {
      setTrouble(asProblem(error).message)
    }
  }
  return (
    <section className="rail-part">
      <h2>Experts outside</h2>
      {trouble ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{trouble}</p>
        </div>
      ) : null}
      <ul className="past">
        {experts.map(({ id, name, question, by, at, until, state, messages }) => (
          <li key={id}>
            <p dir="auto">
              <strong>
                <bdi>{name}</bdi>
              </strong>{' '}
              {STATES[state]}
            </p>
            <p dir="auto">{question}</p>
            <p className="faint">
              {many(messages, 'message')} shown, by <bdi>{nameOf(by)}</bdi>,{' '}
              <time dateTime={at} title={exactly(at)}>
                {moment(at)}
              </time>
              {state === 'open' ? `, until ${exactly(until)}` : ''}
            </p>
            {state === 'open' ? (
              <Act small aria-label={`Take back the link for ${name}`} onPress={() => revoke(id)}>
                Take back
              </Act>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
