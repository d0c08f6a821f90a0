import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Act } from '../../look/act.tsx'

type Props = { label: string; about: string; title: string; words: string; onYes: () => void }

/** A button that asks first. `about`: what it is for those who only hear it. */
export function Confirm({ label, about, title, words, onYes }: Props) {
  return (
    <DialogTrigger>
      <Act small aria-label={`${label}: ${about}`}>
        {label}
      </Act>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="dialog">
          <Dialog role="alertdialog">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <p>{words}</p>
            <div className="buttons">
              <Act slot="close" autoFocus>
                Cancel
              </Act>
              <Act slot="close" look="primary" onPress={onYes}>
                {label}
              </Act>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
