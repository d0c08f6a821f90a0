import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Act } from '../../look/act.tsx'
import type { User } from '../ask.ts'

export function RemovePerson({ person, onRemove }: { person: User; onRemove: () => void }) {
  return (
    <DialogTrigger>
      <Act small look="quiet" aria-label={`Remove ${person.name}`}>
        Remove
      </Act>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="dialog">
          <Dialog role="alertdialog">
            <Heading slot="title" level={2}>
              Remove {person.name}?
            </Heading>
            <p>They are signed out at once. Tickets they hold stay theirs until somebody resolves them.</p>
            <div className="buttons">
              <Act slot="close" autoFocus>
                Keep
              </Act>
              <Act slot="close" look="primary" onPress={onRemove}>
                Remove
              </Act>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
