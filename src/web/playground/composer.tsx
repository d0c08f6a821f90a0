// Where a playground customer writes a post or a message.
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react'
import { Label, TextArea, TextField } from 'react-aria-components'
import { Act } from '../ui/button.tsx'

type Props = {
  label: string
  placeholder: string
  button: string
  samples: readonly string[]
  /** Resolves to true when it was sent. */
  onSend: (text: string) => Promise<boolean>
  children?: ReactNode
}

/** A box to write in, with messages to click for those who only look around. Enter sends. */
export function WordsBox({ label, placeholder, button, samples, onSend, children }: Props) {
  const [text, setText] = useState('')
  const [pending, setPending] = useState(false)

  const send = async (event?: FormEvent) => {
    event?.preventDefault()
    if (!text.trim() || pending) return
    setPending(true)
    if (await onSend(text.trim())) setText('')
    setPending(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void send(event)
  }

  return (
    <form className="words" onSubmit={send}>
      {children}
      <TextField className="field" value={text} onChange={setText} maxLength={5000}>
        <Label className="hidden-text">{label}</Label>
        <TextArea className="input" rows={2} placeholder={placeholder} onKeyDown={onKeyDown} />
      </TextField>
      <Act type="submit" look="primary" isPending={pending}>
        {button}
      </Act>
      <ul className="samples" aria-label="Ready sentences">
        {samples.map((sample) => (
          <li key={sample}>
            <button type="button" onClick={() => setText(sample)}>
              {sample}
            </button>
          </li>
        ))}
      </ul>
    </form>
  )
}
