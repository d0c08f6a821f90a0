// Both sides of the conversation. The side that is shown is the side that is written to.
import { useEffect, useRef, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Audience, asProblem, type Ticket, type User } from '../api-client.ts'
import { channelName, many } from '../labels.ts'
import { Composer } from './composer.tsx'
import { MessageLine } from './message.tsx'
import type { DraftView } from './unsent-drafts.ts'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  user: User
  mine: boolean
  audience: Audience
  onAudience: (audience: Audience) => void
  /** The message to show; a new object each time it is asked for. */
  target?: { message: string }
  draft: DraftView
  writesPublicly: boolean
  invites: boolean
  onInvites: (invites: boolean) => void
  /** Chooses the side to write to. */
  onWrite: (audience: Audience, invites?: boolean) => void
  onPrivate?: () => void
}

const SIDES = [
  ['public', 'Public', 'globe'],
  ['private', 'Private', 'lock'],
] as const

export function ConversationTabs(props: Props) {
  const { ticket, audience, onAudience, target, draft } = props
  const sides = ticket.conversations.filter((one) => one.audience === audience)
  const scroll = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!target) return
    const line = [...(scroll.current?.querySelectorAll<HTMLElement>('[data-message]') ?? [])].find(
      ({ dataset }) => dataset.message === target.message,
    )
    line?.scrollIntoView({ block: 'center' })
    line?.focus()
  }, [target])

  return (
    <Tabs
      className={`talk ${audience}`}
      selectedKey={audience}
      onSelectionChange={(key) => onAudience(key === 'public' ? 'public' : 'private')}
    >
      <TabList aria-label="Sides of the conversation" className="tabs">
        {SIDES.map(([id, name, icon]) => (
          <Tab key={id} id={id} className={`tab side-${id}`}>
            <Icon name={icon} /> {name} <span className="count numbers">{messagesOn(ticket, id)}</span>
            {id !== audience && draft.parts[id].trim() ? <span className="tab-draft">Draft</span> : null}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={audience} className="talk-panel">
        <div className="messages" ref={scroll}>
          <div>
            {ticket.earlier > 0 ? <ShowEarlier count={ticket.earlier} view={props.view} /> : null}
            {sides.length === 0 ? (
              <p className="none">
                {audience === 'public' ? 'Nothing was said in public.' : 'Nothing was said in private yet.'}
              </p>
            ) : null}
            {sides.map((one) => (
              <section key={one.id} aria-label={`${audience} conversation on ${channelName(one.channel)}`}>
                {sides.length > 1 ? <h3 className="thread">{channelName(one.channel)}</h3> : null}
                <ul>
                  {one.messages.map((message) => (
                    <MessageLine
                      key={message.id}
                      message={message}
                      marked={target?.message === message.id}
                      view={props.view}
                      user={props.user}
                    />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        </div>
        <Composer key={audience} {...props} />
      </TabPanel>
    </Tabs>
  )
}

/** The older messages of a long case, a page at a time. */
function ShowEarlier({ count, view }: { count: number; view: TicketView }) {
  const [pending, setPending] = useState(false)
  const [trouble, setTrouble] = useState('')
  const show = async () => {
    setPending(true)
    setTrouble(
      await view.showEarlier().then(
        () => '',
        (error) => asProblem(error).message,
      ),
    )
    setPending(false)
  }
  return (
    <div className="earlier">
      <Act small look="quiet" isPending={pending} onPress={show}>
        Show earlier messages
      </Act>
      <span className="numbers">{many(count, 'message')} before these</span>
      {trouble ? <p role="alert">{trouble}</p> : null}
    </div>
  )
}

const messagesOn = ({ conversations }: Ticket, audience: Audience): number =>
  conversations.reduce((sum, one) => sum + (one.audience === audience ? one.messages.length : 0), 0)
