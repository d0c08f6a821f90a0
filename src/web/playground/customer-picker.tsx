// Chooses the customer as whom one writes on the playground.
import { useState } from 'react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'

const READY = ['Ana', 'Ben', 'Chloe']

/** Who to be: one of three, or any name that is typed. */
export function CustomerChoice({ customer, onChoose }: { customer: string; onChoose: (name: string) => void }) {
  const [typed, setTyped] = useState(customer)
  const choose = (name: string) => {
    const chosen = name.trim() || customer
    setTyped(chosen)
    if (chosen !== customer) onChoose(chosen)
  }
  return (
    <ComboBox
      className="customer-choice field"
      allowsCustomValue
      menuTrigger="focus"
      inputValue={typed}
      onInputChange={setTyped}
      onSelectionChange={(key) => key !== null && choose(String(key))}
      onBlur={() => choose(typed)}
      defaultFilter={() => true}
    >
      <Label>Customer</Label>
      <div className="customer-box">
        <Input
          className="input"
          maxLength={40}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => event.key === 'Enter' && choose(event.currentTarget.value)}
        />
        <Button className="button quiet square" aria-label="Ready customers">
          ▾
        </Button>
      </div>
      <Popover className="popover">
        <ListBox>
          {READY.map((name) => (
            <ListBoxItem key={name} id={name} textValue={name}>
              {name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
