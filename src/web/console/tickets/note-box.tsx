// The box of a note for colleagues: the customer never sees it. `@` names a colleague, who is notified.
import { type KeyboardEvent, useRef, useState } from 'react'
import { Label, Text, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useDesk } from '../desk-data.tsx'
import type { ComposerProps } from './composer.tsx'
import { DraftState } from './draft-state.tsx'
import { asksFor, Picker } from './picker.tsx'
import { leaveBox } from './reply-box.tsx'

export function NoteBox({ view, draft }: Pick<ComposerProps, 'view' | 'draft'>) {
  const [isNaming, setNaming] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const { colleagues } = useDesk()
  const text = draft.parts.note
  const add = async () => {
    if (!text.trim()) return
    await draft.settle()
    if (!(await view.act('notes', { text }))) draft.sent('note', text)
  }
  const close = () => {
    setNaming(false)
    requestAnimationFrame(() => box.current?.focus())
  }
  const insert = (words: string) => {
    const [from, to] = [box.current?.selectionStart ?? text.length, box.current?.selectionEnd ?? text.length]
    draft.write('note', text.slice(0, from) + words + text.slice(to))
    close()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void add()
    if (asksFor('@', event)) {
      event.preventDefault()
      setNaming(true)
    }
    leaveBox(event)
  }
  return (
    <>
      <TextField className="field" value={text} onChange={(typed) => draft.write('note', typed)}>
        <Label className="hidden-text">Note for colleagues</Label>
        <TextArea className="input" ref={box} rows={2} onKeyDown={onKeyDown} dir="auto" />
      </TextField>
      {isNaming ? (
        <Picker
          title="Colleagues"
          hint="Type a name"
          empty="Nobody of that name has tickets."
          box={box}
          onClose={close}
          onPick={(email) => insert(`@${colleagues.find((one) => one.email === email)?.name ?? ''} `)}
          items={colleagues.map(({ email, name }) => ({
            id: email,
            words: name,
            shown: <Text slot="label">{name}</Text>,
          }))}
        />
      ) : null}
      <div className="composer-foot">
        <Act small look="quiet" onPress={() => setNaming(true)}>
          Name a colleague <kbd className="desktop-only">@</kbd>
        </Act>
        {text.trim() ? <DraftState draft={draft} /> : null}
        <Act isPending={view.pending === 'notes'} onPress={add}>
          <Icon name="note" /> Add note
        </Act>
      </div>
    </>
  )
}
