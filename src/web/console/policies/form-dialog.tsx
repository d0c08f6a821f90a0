// A button whose dialog asks for what the step needs, and says why it was refused.
import { type FormEvent, type ReactNode, useState } from 'react'
import { DialogTrigger } from 'react-aria-components'
import { Act, type ActProps } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'
import { Trouble } from './shared.tsx'
import type { Step } from './use-action.ts'

type Props = {
  label: ReactNode
  look?: ActProps['look']
  title: string
  explains?: ReactNode
  /** The button that does it. */
  yes: string
  step: Step
  ready?: boolean
  isDisabled?: boolean
  children?: ReactNode
  /** Resolves to true when it is done: the dialog closes. */
  onYes: () => Promise<boolean>
}

export function AskDialog({
  label,
  look,
  title,
  explains,
  yes,
  step,
  ready = true,
  isDisabled,
  children,
  onYes,
}: Props) {
  const [open, setOpen] = useState(false)
  const go = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (ready && !step.pending && (await onYes())) setOpen(false)
  }
  const change = (next: boolean) => {
    step.forget()
    setOpen(next)
  }
  return (
    <DialogTrigger isOpen={open} onOpenChange={change}>
      <Act look={look} isDisabled={isDisabled}>
        {label}
      </Act>
      <Box title={title}>
        <form className="dialog-form" onSubmit={go}>
          {explains ? <p>{explains}</p> : null}
          {children}
          <Trouble of={step.trouble} />
          <div className="buttons">
            <Act slot="close">Cancel</Act>
            <Act type="submit" look="primary" isPending={step.pending} isDisabled={!ready}>
              {yes}
            </Act>
          </div>
        </form>
      </Box>
    </DialogTrigger>
  )
}
