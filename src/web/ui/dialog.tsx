// A modal dialog.
import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

type Props = {
  title: ReactNode
  /** `alertdialog` where something is to be confirmed. */
  role?: 'dialog' | 'alertdialog'
  /** Where no button beside it opens it. */
  isOpen?: boolean
  onOpenChange?: (open: boolean) => void
  children: ReactNode
}

export function Box({ title, role = 'dialog', children, ...open }: Props) {
  return (
    <ModalOverlay className="overlay" isDismissable {...open}>
      <Modal className="dialog">
        <Dialog role={role}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
