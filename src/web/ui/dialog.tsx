// A modal dialog.
import type { KeyboardEvent, ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

type Props = {
  title: ReactNode
  /** `alertdialog` where something is to be confirmed. */
  role?: 'dialog' | 'alertdialog'
  /** Where no button beside it opens it. */
  isOpen?: boolean
  onOpenChange?: (open: boolean) => void
  /** What its main button does; Ctrl or ⌘ with Enter does it too, from any field. */
  onConfirm?: () => void
  children: ReactNode
}

export function Box({ title, role = 'dialog', onConfirm, children, ...open }: Props) {
  const confirm = (event: KeyboardEvent) => {
    if (!onConfirm || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    onConfirm()
  }
  return (
    <ModalOverlay className="overlay" isDismissable {...open}>
      <Modal className="dialog">
        <Dialog role={role}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside come by here */}
          <div className="keys" onKeyDown={confirm}>
            {children}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
