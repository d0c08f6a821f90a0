// What the agent promised the customer: the bot keeps to it.
import { Label, Text, TextArea, TextField } from 'react-aria-components'

type Props = { value: string; onChange: (value: string) => void; autoFocus?: boolean }

export function PromiseField({ value, onChange, autoFocus = false }: Props) {
  return (
    <TextField className="field" value={value} onChange={onChange} autoFocus={autoFocus}>
      <Label>What did you promise?</Label>
      <TextArea className="input" rows={2} dir="auto" />
      <Text slot="description">
        The bot repeats it when the customer asks again. For example: a refund of 49.00 by Friday.
      </Text>
    </TextField>
  )
}
