// Shows a value of an event, with private data masked.
import { createContext, useContext } from 'react'
import { readable } from '../labels.ts'
import { MaskedValues } from '../tickets/masked-text.tsx'

/** Private values, which stay masked wherever they stand in a trace. */
export const PrivateValues = createContext<readonly { type: string; value: string }[]>([])

function Words({ of }: { of: unknown }) {
  return <MaskedValues text={String(of ?? 'none')} values={useContext(PrivateValues)} />
}

/** Anything that was recorded, in words: sentences first, names and numbers small beside them. */
export function Value({ of }: { of: unknown }) {
  if (Array.isArray(of)) {
    return (
      <ul className="value-list">
        {of.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is recorded does not move
          <li key={index}>
            <Value of={one} />
          </li>
        ))}
      </ul>
    )
  }
  if (typeof of !== 'object' || of === null) {
    return (
      <span dir="auto">
        <Words of={of} />
      </span>
    )
  }
  const fields = Object.entries(of)
  const said = fields.find(([name]) => name === 'text' || name === 'because')
  return (
    <span>
      {said ? (
        <span dir="auto">
          <Words of={said[1]} />{' '}
        </span>
      ) : null}
      <span className="value-rest">
        {fields
          .filter((field) => field !== said)
          .map(([name, value]) => (
            <span key={name}>
              {readable(name)}: {typeof value === 'object' ? <Value of={value} /> : <Words of={value} />}
            </span>
          ))}
      </span>
    </span>
  )
}
