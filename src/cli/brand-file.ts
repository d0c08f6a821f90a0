// Writes figures into brand.yaml and leaves every other character as its owner wrote it.
import { isMap, isScalar, parseDocument } from 'yaml'

/** The text of brand.yaml with these numbers under `confidence`. */
export function withConfidence(text: string, figures: Readonly<Record<string, number>>): string {
  const confidence = parseDocument(text).get('confidence')
  if (!isMap(confidence)) throw new Error('brand.yaml has no `confidence`')
  const places = confidence.items.flatMap(({ key, value }) => {
    const figure = isScalar(key) ? figures[String(key.value)] : undefined
    return figure !== undefined && isScalar(value) && value.range ? [{ figure, range: value.range }] : []
  })
  // From the end, so that the places before stay where they are.
  return places
    .toSorted((one, other) => other.range[0] - one.range[0])
    .reduce((so, { figure, range: [from, to] }) => `${so.slice(0, from)}${figure}${so.slice(to)}`, text)
}
