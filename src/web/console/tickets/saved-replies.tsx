// Saved replies: `/` in an empty box or after a space opens the list; a macro's steps are done when the reply is sent.
import type { RefObject } from 'react'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { Audience, SavedReply } from '../api-client.ts'
import { readable } from '../labels.ts'
import { useResource } from '../use-resource.ts'
import { Masked } from './masked-text.tsx'
import { Picker } from './picker.tsx'
import { useShown } from './reveal.tsx'

export type MacroSteps = NonNullable<SavedReply['also']>

type PickerProps = {
  ticket: string
  audience: Audience
  /** The box that the list belongs to. */
  box: RefObject<HTMLTextAreaElement | null>
  onClose: () => void
  onPick: (reply: SavedReply) => void
}

export function SavedReplyPicker({ ticket, audience, box, onClose, onPick }: PickerProps) {
  const { data, problem } = useResource<{ savedReplies: readonly SavedReply[] }>(
    `/api/saved-replies?ticket=${encodeURIComponent(ticket)}`,
  )
  const { isShown, show } = useShown()
  const fitting = data?.savedReplies.filter((one) => one.audience === 'both' || one.audience === audience)

  const pick = async (id: string) => {
    const one = fitting?.find((reply) => reply.id === id)
    // In the box it can be read: that is showing it.
    if (one && (!one.private?.length || isShown() || (await show()))) onPick(one)
  }
  return (
    <Picker
      title="Saved replies"
      hint="Type a name or a short word"
      empty={
        problem?.message ??
        (data ? 'No saved reply fits. Policy owners add them under “saved-replies”.' : 'Reading the saved replies …')
      }
      box={box}
      onClose={onClose}
      onPick={(id) => void pick(id)}
      items={(fitting ?? []).map((one) => ({
        id: one.id,
        words: `${one.shortcut ?? ''} ${one.name} ${one.text}`,
        shown: (
          <>
            <span className="saved-name">
              <span>{one.name}</span>
              {one.shortcut ? <kbd>/{one.shortcut}</kbd> : null}
            </span>

            <span className="saved-text" dir="auto">
              <Masked text={one.text} spans={one.private} shown={isShown()} />
            </span>
            {one.also ? <span className="saved-steps">Also: {stepsInWords(one.also).join(', ')}</span> : null}
          </>
        ),
      }))}
    />
  )
}

function stepsInWords({ tag, transfer, resolve, snooze }: MacroSteps): string[] {
  const outcome = resolve?.outcome ? ` as ${readable(resolve.outcome).toLowerCase()}` : ''
  return [
    ...(tag ? [`tag ${tag.join(', ')}`] : []),
    ...(transfer ? [`transfer to ${readable(transfer)}`] : []),
    ...(resolve ? [`resolve${outcome}`] : []),
    ...(snooze ? [snooze === 'until-they-write' ? 'snooze until they write' : `snooze for ${hours(snooze)}`] : []),
  ]
}

const hours = (count: number): string => {
  const days = count / 24
  if (Number.isInteger(days)) return days === 1 ? '1 day' : `${days} days`
  return count === 1 ? '1 hour' : `${count} hours`
}

/** What is done with the ticket when the reply is sent. */
export function StepsOnSend({ steps, onDrop }: { steps: MacroSteps; onDrop: () => void }) {
  return (
    <p className="steps-on-send" role="status">
      <span>When you send: {stepsInWords(steps).join(', ')}</span>
      <Act small look="quiet" aria-label="Send without these steps" onPress={onDrop}>
        <Icon name="cross" />
      </Act>
    </p>
  )
}
