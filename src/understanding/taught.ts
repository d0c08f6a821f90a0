// Kinds of complaint as labelled messages teach them: what rules cannot list, because people find new words.
import { readFile } from 'node:fs/promises'
import { COMPLAINTS, type Complaint } from '#conversation'
import type { Finder } from './finder.ts'

/** A public message as a customer wrote it, and what it is. */
export type Labelled = { readonly text: string; readonly complaint: Complaint }

/** Our own messages to the sample brand; columns: action, complaint, urgency, text. */
export const MESSAGES = new URL('./messages.tsv', import.meta.url)

export async function readLabelled(): Promise<Labelled[]> {
  const lines = (await readFile(MESSAGES, 'utf8')).split('\n').filter(Boolean)
  return lines.flatMap((line) => {
    const [, label, , text] = line.split('\t')
    const complaint = COMPLAINTS.find((one) => one === label)
    return complaint && text ? [{ text, complaint }] : []
  })
}

/** The kind that is nearest; undefined where only words could be compared, which says too little. */
export async function openTaught(finder: Finder, labelled: readonly Labelled[]) {
  const index = await finder.index(
    COMPLAINTS.map((kind) => ({
      id: kind,
      title: kind,
      phrases: labelled.filter(({ complaint }) => complaint === kind).map(({ text }) => text),
    })),
  )
  return async (text: string): Promise<Complaint | undefined> => {
    const { ranking, by } = await index.search(text)
    return by === 'lexical' ? undefined : COMPLAINTS.find((kind) => kind === ranking[0]?.id)
  }
}

/** Rules are certain of what they hear, and miss what is said in other words; what is grave to either is grave. */
export function together(ruled: Complaint, taught: Complaint | undefined): Complaint {
  if (ruled === 'major' || taught === 'major') return 'major'
  if (ruled === 'minor' && taught === 'rant') return 'rant'
  return ruled === 'none' ? (taught ?? ruled) : ruled
}
