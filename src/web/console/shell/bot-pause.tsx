// Where the bot is paused: the banner that all see, and the dialog that pauses it.
import { useEffect, useState } from 'react'
import { Label, Radio, RadioGroup, Text, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ask, asProblem, type BotPauses } from '../api-client.ts'
import { useLive } from '../event-stream.tsx'
import { channelName } from '../labels.ts'
import { type Resource, useResource } from '../use-resource.ts'

type Pause = BotPauses['pauses'][number]

export function useBotPauses(): Resource<BotPauses> {
  const pauses = useResource<BotPauses>('/api/bot-pauses')
  useLive((event) => (event === 'connected' || event.type === 'bot-pauses-changed') && pauses.refresh())
  return pauses
}

const channelOf = ({ scope }: Pause): string | undefined => /^channel:(.*)$/.exec(scope)?.[1]

function placeOf(pause: Pause): string {
  const channel = channelOf(pause)
  return channel === undefined ? 'everywhere' : `on ${channelName(channel)}`
}

/** A pause for one customer is told in their ticket, not here. */
const isWide = ({ scope }: Pause): boolean => !scope.startsWith('customer:')

export function BotPauseBanner({ pauses, mayResume }: { pauses: Resource<BotPauses>; mayResume: boolean }) {
  const [problem, setProblem] = useState<string>()
  const resume = async (pause: Pause) => {
    const channel = channelOf(pause)
    try {
      pauses.put(await ask<BotPauses>('POST', '/api/bot-pauses/resume', channel === undefined ? {} : { channel }))
      setProblem(undefined)
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }
  const wide = pauses.data?.pauses.filter(isWide) ?? []
  return (
    <div role="status">
      {wide.map((pause) => (
        <div key={pause.scope} className="banner danger">
          <Icon name="alert" />
          <p>
            <strong>The bot is paused {placeOf(pause)}.</strong> {pause.because} ({pause.by},{' '}
            {new Date(pause.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}) What it would answer
            comes to the queue.
          </p>
          {mayResume ? (
            <Act small onPress={() => resume(pause)}>
              Let it answer again
            </Act>
          ) : null}
          {problem ? <p role="alert">{problem}</p> : null}
        </div>
      ))}
    </div>
  )
}

type DialogProps = { pauses: Resource<BotPauses>; isOpen: boolean; onOpenChange: (open: boolean) => void }

export function PauseBotDialog({ pauses, isOpen, onOpenChange }: DialogProps) {
  const [place, setPlace] = useState('everywhere')
  const [because, setBecause] = useState('')
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    if (!isOpen) return
    setPlace('everywhere')
    setBecause('')
    setProblem(undefined)
  }, [isOpen])

  const pause = async () => {
    const where = place === 'everywhere' ? {} : { channel: place }
    try {
      pauses.put(await ask<BotPauses>('POST', '/api/bot-pauses', { ...where, because }))
      onOpenChange(false)
    } catch (error) {
      setProblem(asProblem(error).message)
    }
  }
  return (
    <Box title="Pause the bot" isOpen={isOpen} onOpenChange={onOpenChange}>
      <p>While it is paused the bot says nothing. What it would answer comes to the queue.</p>
      {problem ? (
        <div className="notice danger" role="alert">
          <Icon name="alert" />
          <p>{problem}</p>
        </div>
      ) : null}
      <RadioGroup className="field" value={place} onChange={setPlace}>
        <Label className="label">Where</Label>
        <div className="choices upright">
          {['everywhere', ...(pauses.data?.channels ?? [])].map((one) => (
            <Radio key={one} className="choice" value={one}>
              {one === 'everywhere' ? 'Everywhere' : `Only on ${channelName(one)}`}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <TextField className="field" value={because} onChange={setBecause}>
        <Label>Why</Label>
        <TextArea className="input" rows={2} maxLength={200} />
        <Text slot="description">All colleagues see it at the top of every page.</Text>
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
