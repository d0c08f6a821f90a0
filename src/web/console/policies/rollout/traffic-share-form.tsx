// The form for a rollout's share of traffic.
import {
  CheckboxGroup,
  Input,
  Label,
  NumberField,
  Slider,
  SliderThumb,
  SliderTrack,
  Switch,
  Text,
} from 'react-aria-components'
import { Check } from '../../../ui/checkbox.tsx'
import { channelName } from '../../labels.ts'

/** To whom a version is given. */
export type Share = { readonly percent: number; readonly channels: readonly string[]; readonly shadow: boolean }

type Props = { share: Share; channels: readonly string[]; onChange: (share: Share) => void }

export function ShareForm({ share, channels, onChange }: Props) {
  const set = (part: Partial<Share>) => onChange({ ...share, ...part })
  const percent = (value: number) => set({ percent: Number.isFinite(value) ? value : 1 })
  return (
    <div className="share">
      <div className="share-percent">
        <Slider
          className="slider"
          aria-label="Share of customers, in percent"
          minValue={1}
          maxValue={100}
          value={share.percent}
          onChange={percent}
        >
          <SliderTrack className="slider-track">
            <SliderThumb className="slider-thumb" />
          </SliderTrack>
        </Slider>
        <NumberField className="field" minValue={1} maxValue={100} value={share.percent} onChange={percent}>
          <Label>Percent of customers</Label>
          <Input className="input numbers" />
          <Text slot="description">A customer who is in it stays in it as the share grows.</Text>
        </NumberField>
      </div>
      {channels.length > 1 ? (
        <CheckboxGroup className="field" value={[...share.channels]} onChange={(chosen) => set({ channels: chosen })}>
          <Label className="label">Only on these networks</Label>
          <div className="checks">
            {channels.map((channel) => (
              <Check key={channel} value={channel}>
                {channelName(channel)}
              </Check>
            ))}
          </div>
          <Text slot="description">None chosen: on all of them.</Text>
        </CheckboxGroup>
      ) : null}
      <Switch className="switch" isSelected={share.shadow} onChange={(shadow) => set({ shadow })}>
        <span className="switch-track" aria-hidden="true" />
        <span>
          In shadow: it decides silently, nobody is answered by it, and you see how often it agrees with what is live.
        </span>
      </Switch>
    </div>
  )
}

/** The same for the API. */
export const shareBody = ({ percent, channels, shadow }: Share) => ({
  percent,
  shadow,
  ...(channels.length > 0 ? { channels } : {}),
})
