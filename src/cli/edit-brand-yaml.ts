// Changes figures in brand.yaml and leaves every other character as it was.
import { isMap, isScalar, parseDocument } from 'yaml'

/** The text of brand.yaml with these values, in YAML, under `section`; names that it does not have yet are added. */
export function withValues(text: string, section: string, values: Readonly<Record<string, string>>): string {
  const found = parseDocument(text).get(section)
  const named = Object.entries(values)
  if (!isMap(found) || found.items.length === 0)
    return `${text.replace(/\n*$/, '\n')}\n${section}:\n${named.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`
  const items = found.items.flatMap(({ key, value }) => {
    const [keyRange, valueRange] = [(key as { range?: number[] }).range, (value as { range?: number[] } | null)?.range]
    return isScalar(key) && keyRange && valueRange
      ? [{ name: String(key.value), start: keyRange[0] ?? 0, from: valueRange[0] ?? 0, to: valueRange[1] ?? 0 }]
      : []
  })
  const last = items.at(-1)
  const missing = named.filter(([name]) => !items.some((item) => item.name === name))
  const indent = ' '.repeat((last?.start ?? 0) - text.lastIndexOf('\n', last?.start ?? 0) - 1)
  const lineEnd = text.indexOf('\n', last?.to ?? 0)
  const added = found.flow
    ? { at: last?.to ?? 0, words: missing.map(([name, value]) => `, ${name}: ${value}`).join('') }
    : {
        at: lineEnd < 0 ? text.length : lineEnd,
        words: missing.map(([name, value]) => `\n${indent}${name}: ${value}`).join(''),
      }
  const changes = [
    { from: added.at, to: added.at, words: added.words },
    ...items.flatMap(({ name, from, to }) => {
      const words = values[name]
      return words === undefined ? [] : [{ from, to, words }]
    }),
  ]
  // From the end, so that the places before stay where they are.
  return changes
    .toSorted((one, other) => other.from - one.from)
    .reduce((so, { from, to, words }) => `${so.slice(0, from)}${words}${so.slice(to)}`, text)
}
