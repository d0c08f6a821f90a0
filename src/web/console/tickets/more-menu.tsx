// What is done with a ticket less often: release it, give it back to the bot, pause the bot for its customer.
import { useState } from 'react'
import { Label, Menu, MenuItem, MenuTrigger, Popover, Text, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ask, asProblem, type BotPauses, type Ticket } from '../api-client.ts'
import { useLive } from '../event-stream.tsx'
import { useResource } from '../use-resource.ts'
import { ExpertDialog } from './experts.tsx'
import { MergeDialog } from './merging.tsx'
import { ReturnDialog } from './return-to-bot-dialog.tsx'
import type { TicketView } from './use-ticket.ts'

type Props = {
  ticket: Ticket
  view: TicketView
  mayRelease: boolean
  /** What stands in the menu where there is no room for buttons. */
  first: readonly { readonly name: string; readonly act: () => void }[]
}

export function MoreMenu({ ticket, view, mayRelease, first }: Props) {
  const [dialog, setDialog] = useState<'return' | 'pause' | 'merge' | 'expert'>()
  const pauses = useResource<BotPauses>('/api/bot-pauses')
  useLive((event) => (event === 'connected' || event.type === 'bot-pauses-changed') && pauses.refresh())
  const paused = pauses.data?.pauses.find(({ scope }) => scope === `customer:${ticket.customer.id}`)
  const resume = async () => {
    pauses.put(await ask<BotPauses>('POST', '/api/bot-pauses/resume', { ticket: ticket.id }))
  }
  const closed = (open: boolean) => setDialog(open ? dialog : undefined)
  return (
    <>
      <MenuTrigger>
        <Act square aria-label="More actions">
          <Icon name="more" />
        </Act>
        <Popover className="popover" placement="bottom end">
          <Menu aria-label="More actions">
            {first.map(({ name, act }) => (
              <MenuItem key={name} onAction={act}>
                {name}
              </MenuItem>
            ))}
            {mayRelease ? <MenuItem onAction={() => void view.act('release')}>Release to the queue</MenuItem> : null}
            {mayRelease ? <MenuItem onAction={() => setDialog('return')}>Return to the bot…</MenuItem> : null}
            <MenuItem onAction={() => setDialog('expert')}>Ask an expert outside…</MenuItem>
            <MenuItem onAction={() => setDialog('merge')}>Merge another ticket…</MenuItem>
            {(ticket.parts ?? []).map(({ id, customer }) => (
              <MenuItem key={id} onAction={() => void view.split(id)}>
                Split off {customer.name}, {id}
              </MenuItem>
            ))}
            {paused ? (
              <MenuItem onAction={() => void resume()}>Let the bot answer this customer again</MenuItem>
            ) : (
              <MenuItem onAction={() => setDialog('pause')}>Pause the bot for this customer…</MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      <ReturnDialog view={view} isOpen={dialog === 'return'} onOpenChange={closed} />
      <ExpertDialog ticket={ticket} view={view} isOpen={dialog === 'expert'} onOpenChange={closed} />
      <MergeDialog ticket={ticket} view={view} isOpen={dialog === 'merge'} onOpenChange={closed} />
      <PauseDialog ticket={ticket} put={pauses.put} isOpen={dialog === 'pause'} onOpenChange={closed} />
    </>
  )
}

type PauseProps = {
  ticket: Ticket
  put: (pauses: BotPauses) => void
  isOpen: boolean
  onOpenChange: (open: boolean) => void
}

function PauseDialog({ ticket, put, isOpen, onOpenChange }: PauseProps) {
  const [because, setBecause] = useState('')
  const [problem, setProblem] = useState('')
  const pause = async () => {
    try {
      put(await ask<BotPauses>('POST', '/api/bot-pauses', { ticket: ticket.id, because }))
      setBecause('')
      setProblem('')
      onOpenChange(false)
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }
  return (
    <Box title={`Pause the bot for ${ticket.customer.name}`} isOpen={isOpen} onOpenChange={onOpenChange}>
      <p>Also after this ticket is resolved, the bot does not write to them until somebody lets it.</p>
      {problem ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{problem}</p>
        </div>
      ) : null}
      <TextField className="field" value={because} onChange={setBecause} autoFocus>
        <Label>Why</Label>
        <TextArea className="input" rows={2} maxLength={200} />
        <Text slot="description">Your colleagues see it in their tickets.</Text>
      </TextField>
      <div className="buttons">
        <Act slot="close">Cancel</Act>
        <Act look="primary" isDisabled={!because.trim()} onPress={pause}>
          Pause the bot
        </Act>
      </div>
    </Box>
  )
}
