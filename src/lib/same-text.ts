// Compares two texts as a network may have changed them.

const LINK = /(?:https?:\/\/|\b(?:[\w-]+\.)+[a-z]{2,}\b)\S*/giu

/** Networks shorten links, put handles before a reply, and change blanks and the way letters are written. */
const bare = (text: string) =>
  text
    .normalize('NFC')
    .replace(/^(?:@\w+\s+)+/, '')
    .replace(LINK, '<link>')
    .replace(/\s+/g, ' ')
    .trim()

export function isSameText(one: string, other: string): boolean {
  return bare(one) === bare(other)
}
