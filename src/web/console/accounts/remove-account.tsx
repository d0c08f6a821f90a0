// Removes an account.
import { DialogTrigger } from 'react-aria-components'
import { Act } from '../../ui/button.tsx'
import { Box } from '../../ui/dialog.tsx'
import type { User } from '../api-client.ts'

export function RemovePerson({ person, onRemove }: { person: User; onRemove: () => void }) {
  return (
    <DialogTrigger>
      <Act small look="quiet" aria-label={`Remove ${person.name}`}>
        Remove
      </Act>
      <Box role="alertdialog" title={`Remove ${person.name}?`}>
        <p>
          They are signed out at once. Tickets they hold go back to the queue, and their customers wait for a colleague.
        </p>
        <div className="buttons">
          <Act slot="close" autoFocus>
            Keep
          </Act>
          <Act slot="close" look="primary" onPress={onRemove}>
            Remove
          </Act>
        </div>
      </Box>
    </DialogTrigger>
  )
}
