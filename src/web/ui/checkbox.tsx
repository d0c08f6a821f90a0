// The checkbox of the pages.
import type { ReactNode } from 'react'
import { Checkbox } from 'react-aria-components'
import { Icon } from './icon.tsx'

export function Check({ value, means, children }: { value: string; means?: string; children: ReactNode }) {
  return (
    <Checkbox value={value} className="check">
      <CheckMark />
      <span>
        {children}
        {means ? <span className="faint"> {means}</span> : null}
      </span>
    </Checkbox>
  )
}

export function CheckMark() {
  return (
    <span className="check-box" aria-hidden="true">
      <Icon name="check" />
    </span>
  )
}
