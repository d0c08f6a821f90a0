import { readable } from '../words.ts'

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
  if (typeof of !== 'object' || of === null) return <span dir="auto">{String(of ?? 'none')}</span>
  const fields = Object.entries(of)
  const said = fields.find(([name]) => name === 'text' || name === 'because')
  return (
    <span>
      {said ? <span dir="auto">{String(said[1])} </span> : null}
      <span className="value-rest">
        {fields
          .filter((field) => field !== said)
          .map(([name, value]) => (
            <span key={name}>
              {readable(name)}: {typeof value === 'object' ? <Value of={value} /> : String(value)}
            </span>
          ))}
      </span>
    </span>
  )
}
