// What is known of the customer and the case.
import { Button } from 'react-aria-components'
import { Icon } from '../../ui/icon.tsx'
import type { Ticket } from '../api-client.ts'
import { readable } from '../labels.ts'
import { Go } from '../router.tsx'
import { Masked } from './masked-text.tsx'
import { ShowButton, useShown } from './reveal.tsx'
import { Tags } from './tags.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = { ticket: Ticket; view: TicketView; onJump: (message: string) => void }

/** Everything known, each with the message that said it; why a person is needed; what was tried. */
export function Facts({ ticket, view, onJump }: Props) {
  const { brief, reasons } = ticket
  const { isShown } = useShown()
  const sideOf = (message: string) =>
    ticket.conversations.find(({ messages }) => messages.some(({ id }) => id === message))?.audience
  return (
    <>
      <section className="rail-part">
        <h2>Facts</h2>
        {brief.facts.length === 0 ? <p className="none">Nothing is known yet.</p> : null}
        <dl className="facts">
          {brief.facts.map(({ name, value, messageId, private: spans }) => (
            <div key={`${name} ${value}`}>
              <dt>{readable(name)}</dt>
              <dd>
                <span dir="auto">
                  <Masked text={value} spans={spans} shown={isShown(messageId)} />
                  <ShowButton message={messageId} spans={[spans]} of={readable(name)} />
                </span>
                {messageId && sideOf(messageId) ? (
                  <Button
                    className="jump"
                    aria-label={`${readable(name)}: said here, in the ${sideOf(messageId)} message`}
                    onPress={() => onJump(messageId)}
                  >
                    <Icon name={sideOf(messageId) === 'public' ? 'globe' : 'lock'} /> <span>said here</span>
                  </Button>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <Tags ticket={ticket} view={view} />
      <section className="rail-part">
        <h2>Why a person</h2>
        <ul className="reasons">
          {reasons.map(({ rule, because }) => (
            <li key={rule}>
              {because} <code>{rule}</code>
            </li>
          ))}
        </ul>
      </section>
      {brief.tried.length > 0 ? (
        <section className="rail-part">
          <h2>What the bot tried</h2>
          <ol className="tried">
            {brief.tried.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ol>
        </section>
      ) : null}
      <p className="rail-link">
        <Go href={`/console/cases/${encodeURIComponent(ticket.caseId)}`}>Full trace of the case</Go>
        <span>
          content <code>{ticket.version}</code>
        </span>
      </p>
    </>
  )
}
