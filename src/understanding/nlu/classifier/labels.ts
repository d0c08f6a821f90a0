// Reads the labelled messages that the classifier learns from: every TSV file beside this one.
import { readdir, readFile } from 'node:fs/promises'
import { COMPLAINTS, type Complaint, type Mood } from '#domain'

/** What a message wants of us: something, or it thanks us, is glad talk about us, or nothing. */
const ENGAGEMENTS = ['asks', 'thanks', 'like', 'nothing'] as const
/** Whether a thing is wanted, only asked about, not wanted, or has happened already. */
const POLARITIES = ['wanted', 'asked', 'not-wanted', 'happened'] as const

/** A message as a customer wrote it, and what it is; what nobody judged is left out, and teaches nothing. */
export type Labelled = {
  readonly text: string
  /** Who wrote it; lines of one voice resemble each other, so that they are kept back together. */
  readonly voice?: string
  readonly engage?: (typeof ENGAGEMENTS)[number]
  readonly praise?: boolean
  readonly complaint?: Complaint
  readonly irony?: boolean
  readonly danger?: boolean
  readonly spam?: boolean
  /** Whether money, goods, an account or a name was taken or used by deceit or by a stranger. */
  readonly fraud?: boolean
  readonly mood?: Mood
  readonly wish?: (typeof POLARITIES)[number]
  /** Whether they say that they do not want a thing done, or that it is done already. */
  readonly 'not-wanted'?: boolean
  /** Whether helping needs what is known of this one customer: an order, a payment, something that they were sent. */
  readonly 'account-specific'?: boolean
  /** Whether they ask for a person. */
  readonly 'wants-human'?: boolean
}

const FOLDER = new URL('./', import.meta.url)
/** Our own messages to the sample brand; with what the brand does first, and how urgent each is. */
export const MESSAGES = new URL('./messages.tsv', import.meta.url)

/** Those of `MESSAGES` first, then the others file by file. */
export async function readLabelled(): Promise<Labelled[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.tsv')).sort()
  const own = files.filter((name) => MESSAGES.pathname.endsWith(`/${name}`))
  const others = files.filter((name) => !own.includes(name))
  const rows = await Promise.all([...own, ...others].map((name) => readRows(new URL(name, FOLDER))))
  return rows.flat().map((row, i) => {
    const labelled = labelledOf(row)
    return { ...labelled, ...impliedBy(labelled, i % IMPLIED_BY === 0) }
  })
}

/**
 * Lines of which only the complaint was judged outnumber all others: with what follows from each of them, everything would
 * look as if it asked for something (decision 48).
 */
const IMPLIED_BY = 3

/** Who complains asks something of us, and neither praises us nor advertises; what is not grave is no danger. */
function impliedBy({ complaint = 'none', engage, danger }: Labelled, isTaken: boolean): Partial<Labelled> {
  if (complaint === 'none' || engage) return {}
  const harmless = complaint === 'major' || danger !== undefined ? {} : { danger: false }
  return isTaken ? { engage: 'asks', praise: false, spam: false, ...harmless } : harmless
}

/** The first line names the columns; an empty cell was not judged. */
async function readRows(file: URL): Promise<Readonly<Record<string, string>>[]> {
  const [header = '', ...lines] = (await readFile(file, 'utf8')).split('\n').filter(Boolean)
  const columns = header.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(columns.flatMap((column, i) => (cells[i] ? [[column, cells[i]]] : [])))
  })
}

function labelledOf(row: Readonly<Record<string, string>>): Labelled {
  const { text = '', voice, action, complaint } = row
  const one = <T extends string>(values: readonly T[], value: string | undefined) => values.find((is) => is === value)
  const isTrue = (cell: string | undefined) => (cell === undefined ? undefined : cell === 'yes')
  const wish = one(POLARITIES, row.wish)
  // Of the sample brand's messages it is known what is done first; what goes to a person may be either.
  const byAction = action === undefined || action === 'escalate' ? undefined : action === 'private'
  const labels = {
    voice,
    engage: one(ENGAGEMENTS, row.engage),
    praise: isTrue(row.praise),
    complaint: one(COMPLAINTS, complaint),
    // Honest praise beside a real problem is a complaint, and not ironic.
    irony: isTrue(row.irony),
    danger: isTrue(row.danger),
    spam: isTrue(row.spam),
    fraud: isTrue(row.fraud),
    wish,
    'not-wanted': isTrue(row['not-wanted']) ?? (wish && (wish === 'not-wanted' || wish === 'happened')),
    'account-specific': isTrue(row['account-specific']) ?? byAction,
    'wants-human': isTrue(row['wants-human']) ?? (byAction === undefined ? undefined : false),
  }
  return { text, ...Object.fromEntries(Object.entries(labels).filter(([, label]) => label !== undefined)) }
}
