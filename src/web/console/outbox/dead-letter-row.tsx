// One dead letter, with retry and drop.
import { useState } from 'react'
import { Act } from '../../ui/button.tsx'
import { exactly, moment } from '../../ui/relative-time.ts'
import { ask, asProblem, type Held, type Outbox, sentence } from '../api-client.ts'
import { channelName, many } from '../labels.ts'
import { Go } from '../router.tsx'
import { Masked, type MaskedSpans } from '../tickets/masked-text.tsx'
import { Confirm } from './confirm.tsx'
import type { Step } from './outbox-page.tsx'

type Line = Outbox['effects'][number]

const STATES: Record<Line['state'], readonly [words: string, look: string]> = {
  refused: ['Refused', 'danger'],
  'in-doubt': ['In doubt', 'warm'],
  poisoned: ['Cannot be carried out', 'danger'],
  retried: ['Being tried again', ''],
  limited: ['Waits for the network’s limit', ''],
  'looked-for': ['We look whether it arrived', ''],
}

const KINDS: Record<string, string> = {
  'public-reply': 'Public reply',
  'private-message': 'Private message',
  'private-reply': 'Private reply to a comment',
  hide: 'Hiding a post',
  announce: 'Showing a ticket',
  unknown: 'Unknown',
}

export const isStuck = ({ state }: Line): boolean => ['refused', 'in-doubt', 'poisoned'].includes(state)

export function HeldRow({ held, onStep }: { held: Line; onStep: Step }) {
  const [said, setSaid] = useState<{ text: string; private?: MaskedSpans }>()
  const [words, look] = STATES[held.state]
  const what = `${KINDS[held.kind] ?? held.kind}${held.channel ? ` on ${channelName(held.channel)}` : ''}`

  const show = async () => {
    try {
      const { text = 'It has no words.', private: spans } = await ask<Held>(
        'GET',
        `/api/outbox/${encodeURIComponent(held.id)}`,
      )
      setSaid({ text, private: spans })
    } catch (error) {
      setSaid({ text: asProblem(error).message })
    }
  }

  return (
    <li>
      <div className="held-what">
        <p>
          <strong>{what}</strong> <span className={`chip ${look}`}>{words}</span>
        </p>
        <p>{held.because ? sentence(held.because) : null}</p>
        <p className="faint">
          <time dateTime={held.since} title={exactly(held.since)}>
            {moment(held.since)}
          </time>{' '}
          · {held.by === 'bot' || !held.by ? 'bot' : held.by} · {many(held.attempts, 'try').replace('trys', 'tries')} ·{' '}
          <code>{held.id}</code>
          {held.caseId ? (
            <>
              {' '}
              · <Go href={`/console/cases/${encodeURIComponent(held.caseId)}`}>Trace of the case</Go>
            </>
          ) : null}
        </p>
        {said ? (
          <blockquote className="held-text">
            <Masked text={said.text} spans={said.private} />
          </blockquote>
        ) : null}
      </div>
      <div className="held-acts">
        <Act
          small
          look="quiet"
          aria-expanded={said !== undefined}
          aria-label={`Words of ${held.id}`}
          onPress={() => (said ? setSaid(undefined) : show())}
        >
          {said ? 'Hide' : 'Show'}
        </Act>
        {isStuck(held) ? (
          <>
            <Confirm
              label="Try again"
              about={held.id}
              title="Try it again?"
              onYes={() => onStep(held.id, 'retry')}
              words={
                held.state === 'in-doubt'
                  ? 'It may have arrived: look on the network first, or the customer may read it twice.'
                  : 'It is sent once more, after whatever else waits for this customer.'
              }
            />
            <Confirm
              label="Give up"
              about={held.id}
              title="Give it up?"
              onYes={() => onStep(held.id, 'drop')}
              words="It will never be sent, and its words are forgotten here. The ticket stays."
            />
          </>
        ) : null}
      </div>
    </li>
  )
}
