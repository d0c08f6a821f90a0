// The articles that a message of ours is from; whoever reads on may say that one of them answered something else.
import { useState } from 'react'
import { Act } from '../../look/act.tsx'
import type { Message, User } from '../ask.ts'
import type { TicketView } from './use-ticket.ts'
import { WordingInDraft } from './wording-in-draft.tsx'

type Props = { message: Message; view: TicketView; user: User }

export function Sources({ message, ...props }: Props) {
  const { sources = [] } = message
  if (sources.length === 0) return null
  return (
    <ul className="sources" aria-label="From these articles">
      {sources.map((article) => (
        <Source key={article} article={article} message={message} {...props} />
      ))}
    </ul>
  )
}

function Source({ article, message: { id, asked, wrong = [] }, view, user }: Props & { article: string }) {
  const [trouble, setTrouble] = useState('')
  const [step, setStep] = useState<'pending' | 'pressed'>()
  const marked = wrong.find((one) => one.article === article)
  const mark = async () => {
    setStep('pending')
    const problem = await view.act('wordings', { article, answer: id })
    setTrouble(problem?.message ?? '')
    setStep('pressed')
  }
  return (
    <li>
      <span className="source">
        From <code>{article}</code>
        {asked && !marked ? (
          <Act
            small
            look="quiet"
            isPending={step === 'pending'}
            onPress={mark}
            aria-label={`Wrong answer: “${asked}” is not what ${article} answers`}
          >
            Wrong answer
          </Act>
        ) : null}
      </span>
      {marked ? (
        <WordingInDraft of={marked} user={user} focus={step === 'pressed'}>
          Marked as wrong
        </WordingInDraft>
      ) : null}
      {trouble ? (
        <p className="suggestion-trouble" role="alert">
          {trouble}
        </p>
      ) : null}
    </li>
  )
}
