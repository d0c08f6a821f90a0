// One customer's direct messages on the playground.
import { useEffect, useRef, useState } from 'react'
import { Act } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { WordsBox } from './composer.tsx'
import { Byline } from './thread.tsx'
import { kindOf, type Network } from './use-timeline.ts'

const SAMPLES = [
  'Where is my order HL-20419? My mail is ana@example.com',
  'I would like to return my lamp',
  'Can I talk to a person?',
]

/** The customer's phone: private messages with the shop. */
export function DirectMessages({ customer, network }: { customer: string; network: Network }) {
  const dms = network.timeline?.dms ?? []
  const quickReplies = dms.at(-1)?.quickReplies ?? []
  const end = useRef<HTMLOListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is when to scroll
  useEffect(() => {
    if (end.current) end.current.scrollTop = end.current.scrollHeight
  }, [dms.length])

  return (
    <section className="phone" aria-label={`Private messages of ${customer}`}>
      <h2>
        <Icon name="lock" /> {customer} and Harbour Lane <span>nobody else can read it</span>
      </h2>
      <ol className="directs" ref={end} aria-live="polite" aria-relevant="additions" aria-label="Messages">
        {dms.length === 0 ? (
          <li className="empty">
            <Icon name="lock" />
            <p>Private messages between {customer} and the shop appear here.</p>
          </li>
        ) : null}
        {dms.map((dm) => (
          <li key={dm.id} className={`direct ${kindOf(dm)}`}>
            <Byline of={dm} me={customer} />
            <p className="post-text" dir="auto">
              {dm.text}
            </p>
          </li>
        ))}
      </ol>
      {quickReplies.length > 0 ? (
        <QuickReplies key={dms.at(-1)?.id} titles={quickReplies} onSend={network.write} />
      ) : null}
      <WordsBox
        label="Direct message"
        placeholder="Message Harbour Lane"
        button="Send message"
        samples={SAMPLES}
        onSend={network.write}
      />
    </section>
  )
}

/** The buttons of the last message. */
function QuickReplies({ titles, onSend }: { titles: readonly string[]; onSend: Network['write'] }) {
  const [tapped, setTapped] = useState<string>()
  const send = async (title: string) => {
    if (tapped) return
    setTapped(title)
    await onSend(title)
    setTapped(undefined)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="quick-replies" role="group" aria-label="Quick replies">
      {titles.map((title) => (
        <Act key={title} small isPending={tapped === title} onPress={() => void send(title)}>
          {title}
        </Act>
      ))}
    </div>
  )
}
