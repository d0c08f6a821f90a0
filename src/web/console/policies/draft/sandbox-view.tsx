// Which rule decides? For any text, before and after the draft.
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { Label, Radio, RadioGroup, TextArea, TextField } from 'react-aria-components'
import { Act } from '../../../ui/button.tsx'
import { channelName, readable } from '../../labels.ts'
import { draftApi, type Tried } from '../api.ts'
import { Trouble } from '../shared.tsx'
import { Endings } from '../turn-outcome.tsx'
import { useStep } from '../use-action.ts'
import type { DraftProps } from './draft-page.tsx'

export function TryView({ draft, words }: DraftProps) {
  const [text, setText] = useState('')
  const [audience, setAudience] = useState('public')
  const channels = words?.channels ?? []
  const [channel, setChannel] = useState<string>()
  const [tried, setTried] = useState<Tried>()
  const step = useStep()
  const on = channel ?? channels[0] ?? 'playground'

  const decide = async (event?: FormEvent) => {
    event?.preventDefault()
    if (!text.trim()) return
    setTried(await step.take<Tried>(`${draftApi(draft.id)}/try`, { text: text.trim(), audience, channel: on }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void decide()
  }

  return (
    <section className="policy-body try" aria-label="Which rule decides?">
      <form onSubmit={decide} className="try-form">
        <TextField className="field" value={text} onChange={setText} maxLength={5000}>
          <Label>What a customer writes</Label>
          <TextArea className="input" rows={3} placeholder="Where is my refund?" onKeyDown={onKeyDown} dir="auto" />
        </TextField>
        <div className="try-where">
          <RadioGroup className="field" value={audience} onChange={setAudience} orientation="horizontal">
            <Label className="label">Where</Label>
            <div className="choices">
              <Radio value="public" className="choice">
                In public
              </Radio>
              <Radio value="private" className="choice">
                In private
              </Radio>
            </div>
          </RadioGroup>
          {channels.length > 1 ? (
            <label className="field">
              <span className="label">Network</span>
              <select className="input" value={on} onChange={(event) => setChannel(event.target.value)}>
                {channels.map((one) => (
                  <option key={one} value={one}>
                    {channelName(one)}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          <Act type="submit" look="primary" isPending={step.pending}>
            Decide
          </Act>
        </div>
      </form>
      <Trouble of={step.trouble} />
      <div aria-live="polite">{tried ? <Decided tried={tried} /> : null}</div>
    </section>
  )
}

function Decided({ tried: { before, after, others, facts } }: { tried: Tried }) {
  return (
    <>
      <Endings before={before} after={after} />
      <div className="try-more">
        <section>
          <h3>Other rules that fit</h3>
          {others.length === 0 ? <p className="none">None. The one above is alone.</p> : null}
          <ul className="reasons">
            {others.map(({ rule, because }) => (
              <li key={rule}>
                {because} <code>{rule}</code>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>What was understood</h3>
          <dl className="fact-table">
            {facts.map(({ fact, value }) => (
              <div key={fact}>
                <dt>{readable(fact)}</dt>
                <dd>{inWords(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </>
  )
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return 'not known'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none'
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : String(value)
}
