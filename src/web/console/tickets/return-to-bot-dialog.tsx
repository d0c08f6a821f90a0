// The dialog that returns a case to the bot, with what was promised.
import { useState } from 'react'
import { Label, Text, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PromiseField } from './promise-field.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = { view: TicketView; isOpen: boolean; onOpenChange: (open: boolean) => void }

/** Gives the case back, with what the bot must know so that it breaks no promise. */
export function ReturnDialog({ view, isOpen, onOpenChange }: Props) {
  const [note, setNote] = useState('')
  const [promises, setPromises] = useState('')

  const give = async () => {
    const problem = await view.act('return', { note, promises })
    if (!problem) onOpenChange(false)
  }

  return (
    <Box title="Return to the bot" isOpen={isOpen} onOpenChange={onOpenChange} onConfirm={() => void give()}>
      <p>The bot answers this customer again from now on, and keeps to what you write here.</p>
      {view.refusal ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{view.refusal.message}</p>
        </div>
      ) : null}
      <PromiseField value={promises} onChange={setPromises} autoFocus />
      <TextField className="field" value={note} onChange={setNote}>
        <Label>Note</Label>
        <TextArea className="input" rows={3} />
        <Text slot="description">What was settled, for the next person who opens this case.</Text>
      </TextField>
      <div className="buttons">
        <Act slot="close">Cancel</Act>
        <Act look="primary" isPending={view.pending === 'return'} onPress={give}>
          Return to the bot
        </Act>
      </div>
    </Box>
  )
}
