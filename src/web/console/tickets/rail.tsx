// What is known beside the conversation: facts, the customer, notes, history.
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { exactly, moment } from '../../ui/relative-time.ts'
import type { Audience, Ticket, User } from '../api-client.ts'
import type { NameOf } from '../desk-data.tsx'
import { many, readable } from '../labels.ts'
import { Go, ticketPath } from '../router.tsx'
import { Facts } from './customer-facts.tsx'
import { Experts } from './experts.tsx'
import { History } from './history.tsx'
import { Kind } from './label-message.tsx'
import { Masked } from './masked-text.tsx'
import { DuplicateList, useDuplicates } from './merging.tsx'
import { Notes } from './notes.tsx'
import { Suggestions } from './suggestions.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  user: User
  nameOf: NameOf
  onJump: (message: string) => void
  /** Absent where this person may not write. */
  onInsert?: (text: string, audience: Audience) => void
  onNote: () => void
}

export function Rail({ ticket, view, user, nameOf, onJump, onInsert, onNote }: Props) {
  const { mood } = ticket.brief
  const duplicates = useDuplicates(ticket)
  return (
    <Tabs className="rail-tabs">
      <TabList aria-label="What is known" className="tabs">
        <Tab id="facts" className="tab">
          Facts
        </Tab>
        <Tab id="customer" className="tab">
          Customer
          {duplicates.length > 0 ? (
            <span className="count numbers">
              {duplicates.length}
              <span className="hidden-text"> may be the same person</span>
            </span>
          ) : null}
        </Tab>
        <Tab id="notes" className="tab">
          Notes {ticket.notes.length > 0 ? <span className="count numbers">{ticket.notes.length}</span> : null}
        </Tab>
        <Tab id="history" className="tab">
          History
        </Tab>
      </TabList>
      <TabPanel id="facts" className="rail-panel">
        <Facts ticket={ticket} view={view} onJump={onJump} />
        <dl className="rail-part brief-rest">
          {mood ? (
            <div>
              <dt className="label">Mood</dt>
              <dd>{mood}</dd>
            </div>
          ) : null}
          <Kind ticket={ticket} view={view} user={user} />
        </dl>
        <Suggestions ticket={ticket} view={view} user={user} onInsert={onInsert} />
      </TabPanel>
      <TabPanel id="customer" className="rail-panel">
        <DuplicateList ticket={ticket} view={view} duplicates={duplicates} />
        <CustomerView ticket={ticket} nameOf={nameOf} />
      </TabPanel>
      <TabPanel id="notes" className="rail-panel">
        <Experts ticket={ticket} view={view} nameOf={nameOf} />
        <Notes ticket={ticket} nameOf={nameOf} onWrite={onNote} />
      </TabPanel>
      <TabPanel id="history" className="rail-panel">
        <History ticket={ticket} nameOf={nameOf} />
      </TabPanel>
    </Tabs>
  )
}

const OUTCOMES: Record<string, string> = {
  solved: 'solved',
  'no-answer-needed': 'needed no answer',
  'passed-on': 'passed on',
  spam: 'spam',
}

function languageName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(code) ?? code
}

/** Who they are, what was promised, and what was before. */
function CustomerView({ ticket, nameOf }: Pick<Props, 'ticket' | 'nameOf'>) {
  const { customer, language, optedOut, promises, past } = ticket
  return (
    <>
      <dl className="rail-part facts">
        {language ? (
          <div>
            <dt>Language</dt>
            <dd>{languageName(language)}</dd>
          </div>
        ) : null}
        {customer.reach > 0 ? (
          <div>
            <dt>Reach</dt>
            <dd className="numbers">{many(customer.reach, 'follower')}</dd>
          </div>
        ) : null}
        {optedOut ? (
          <div>
            <dt>Wants no messages</dt>
            <dd>Write only where they asked something.</dd>
          </div>
        ) : null}
      </dl>
      <section className="rail-part">
        <h2>Promised so far</h2>
        {promises.length === 0 ? <p className="none">Nothing.</p> : null}
        <ul className="past">
          {promises.map(({ by, text, at }) => (
            <li key={`${at} ${text}`}>
              <p dir="auto">{text}</p>
              <p className="faint">
                <bdi>{nameOf(by)}</bdi>, <time dateTime={at}>{moment(at)}</time>
              </p>
            </li>
          ))}
        </ul>
      </section>
      <section className="rail-part">
        <h2>Before this</h2>
        {past.length === 0 ? <p className="none">This is their first ticket.</p> : null}
        <ul className="past">
          {past.map(({ id, wants, private: spans, outcome, team, openedAt, closedAt }) => (
            <li key={id}>
              <Go href={ticketPath(id)}>
                <bdi>
                  <Masked text={wants || id} spans={spans} />
                </bdi>
              </Go>
              <p className="faint">
                {outcome ? OUTCOMES[outcome] : 'resolved'}, {readable(team)},{' '}
                <time dateTime={closedAt ?? openedAt} title={exactly(closedAt ?? openedAt)}>
                  {moment(closedAt ?? openedAt)}
                </time>
              </p>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
