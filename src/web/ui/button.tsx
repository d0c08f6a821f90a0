// The button of the pages; it shows that its action is pending.
import type { ReactNode } from 'react'
import { Button, type ButtonProps } from 'react-aria-components'

export type ActProps = Omit<ButtonProps, 'children' | 'className'> & {
  children: ReactNode
  look?: 'primary' | 'quiet' | 'public' | 'private' | ''
  small?: boolean
  square?: boolean
}

export function Act({ children, look = '', small, square, ...rest }: ActProps) {
  const kind = ['button', look, small && 'small', square && 'square'].filter(Boolean).join(' ')
  return (
    <Button {...rest} className={kind}>
      {rest.isPending ? <span className="spinner" aria-hidden="true" /> : null}
      {children}
    </Button>
  )
}
