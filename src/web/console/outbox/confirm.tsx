// Asks before a dead letter is retried or dropped.
import { DialogTrigger } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'

type Props = { label: string; about: string; title: string; words: string; onYes: () => void }

/** A button that asks first. `about`: what it is for those who only hear it. */
export function Confirm({ label, about, title, words, onYes }: Props) {
  return (
    <DialogTrigger>
      <Act small aria-label={`${label}: ${about}`}>
        {label}
      </Act>
      <Box role="alertdialog" title={title}>
        <p>{words}</p>
        <div className="buttons">
          <Act slot="close" autoFocus>
            Cancel
          </Act>
          <Act slot="close" look="primary" onPress={onYes}>
            {label}
          </Act>
        </div>
      </Box>
    </DialogTrigger>
  )
}
