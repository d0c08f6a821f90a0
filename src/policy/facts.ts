// The table of facts that rules may name. Validation, decisions, help and editors read it.
import { ATTACHMENT_KINDS, CHANNELS, COMPLAINTS, type FactValue, LEAVE_ALONE, SIGNALS } from '#domain'
import { PRIVATE_TYPES } from '#privacy'

type FactKind =
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  /** A word; `from`: it is one that the content brings, or `none`. */
  | {
      readonly kind: 'word'
      readonly from?: 'intents' | 'topics' | 'articles' | 'incidents'
      readonly like?: { readonly pattern: RegExp; readonly name: string }
    }
  /** `whole`: it counts something. */
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly whole?: boolean }
  | { readonly kind: 'yes-no' }
  /** `from`: the content brings more of them. */
  | { readonly kind: 'set'; readonly values: readonly string[]; readonly from?: 'signals' }

/** One thing a policy may speak of. `always`: known in every turn, `absent` is its value where nothing was heard. */
export type FactDefinition = FactKind & {
  readonly means: string
} & ({ readonly known: 'always'; readonly absent: FactValue } | { readonly known: 'askable' })

export const FACTS = {
  channel: {
    kind: 'one-of',
    values: CHANNELS,
    known: 'always',
    absent: 'playground',
    means: 'the network it came from',
  },
  audience: {
    kind: 'one-of',
    values: ['public', 'private'],
    known: 'always',
    absent: 'public',
    means: 'who can read it',
  },
  intent: {
    kind: 'word',
    from: 'intents',
    known: 'always',
    absent: 'none',
    means: 'the dialog the customer wants, or none',
  },
  topic: {
    kind: 'word',
    from: 'topics',
    known: 'always',
    absent: 'none',
    means: 'the topic of that dialog, or of the article that answers it or nearly does',
  },
  personal: { kind: 'yes-no', known: 'always', absent: false, means: 'helping needs data of this one customer' },
  knowledge: {
    kind: 'one-of',
    values: ['sure', 'unsure', 'none'],
    known: 'always',
    absent: 'none',
    means: 'whether our articles answer it, above the bar for this audience',
  },
  article: {
    kind: 'word',
    from: 'articles',
    known: 'always',
    absent: 'none',
    means: 'the article that answers it, or nearly does',
  },
  incident: {
    kind: 'word',
    from: 'incidents',
    known: 'always',
    absent: 'none',
    means: 'the incident under way that it is about, or none',
  },
  form: { kind: 'yes-no', known: 'always', absent: false, means: 'a form is being filled in' },
  complaint: {
    kind: 'one-of',
    values: COMPLAINTS,
    known: 'always',
    absent: 'none',
    means: 'what kind of complaint it is',
  },
  sentiment: { kind: 'number', min: -1, max: 1, known: 'always', absent: 0, means: 'mood, -1 furious to 1 delighted' },
  urgency: { kind: 'number', min: 0, max: 1, known: 'always', absent: 0, means: 'how urgent it is' },
  language: {
    kind: 'word',
    like: { pattern: /^[a-z]{2,3}$/, name: 'language code; expected one such as `en`' },
    known: 'always',
    absent: 'en',
    means: 'ISO 639-1 code of the language',
  },
  signals: {
    kind: 'set',
    values: SIGNALS,
    from: 'signals',
    known: 'always',
    absent: [],
    means: 'what else is heard in the turn',
  },
  'private-data': {
    kind: 'set',
    values: PRIVATE_TYPES,
    known: 'always',
    absent: [],
    means: 'private data in the turn',
  },
  'wants-human': { kind: 'yes-no', known: 'always', absent: false, means: 'the customer asks for a person' },
  directed: { kind: 'yes-no', known: 'always', absent: true, means: 'the message is addressed to us' },
  helpable: {
    kind: 'number',
    min: 0,
    max: 1,
    known: 'always',
    absent: 0,
    means: 'of a post that is not addressed to us: 0 leave them alone, 1 they look for help that we have',
  },
  'leave-alone': {
    kind: 'set',
    values: LEAVE_ALONE,
    known: 'always',
    absent: [],
    means: 'of a post that is not addressed to us: what speaks against joining in',
  },
  reach: { kind: 'number', min: 0, whole: true, known: 'always', absent: 0, means: 'followers of the customer' },
  contacts: {
    kind: 'number',
    min: 0,
    whole: true,
    known: 'always',
    absent: 1,
    means: 'turns so far in this case, this one included',
  },
  failures: {
    kind: 'number',
    min: 0,
    whole: true,
    known: 'always',
    absent: 0,
    means: 'turns in a row in which the bot could not help',
  },
  strikes: {
    kind: 'number',
    min: 0,
    whole: true,
    known: 'always',
    absent: 0,
    means: 'turns with abuse so far in this case, this one included',
  },
  attachments: {
    kind: 'number',
    min: 0,
    whole: true,
    known: 'always',
    absent: 0,
    means: 'pictures or files in the turn',
  },
  'attachment-kinds': {
    kind: 'set',
    values: ATTACHMENT_KINDS,
    known: 'always',
    absent: [],
    means: 'what came with the words, or in place of them',
  },
  'word-count': {
    kind: 'number',
    min: 0,
    whole: true,
    known: 'always',
    absent: 10,
    means: 'words of the turn, without handles, links and pictures',
  },
  words: { kind: 'yes-no', known: 'always', absent: true, means: 'they wrote something, not only handles and links' },
  hours: {
    kind: 'one-of',
    values: ['open', 'closed'],
    known: 'always',
    absent: 'open',
    means: 'whether people are on duty',
  },
  load: {
    kind: 'one-of',
    values: ['normal', 'high'],
    known: 'always',
    absent: 'normal',
    means: 'high while customers wait longer for a turn than they should',
  },
  promised: {
    kind: 'yes-no',
    known: 'always',
    absent: false,
    means: 'a person promised something when they resolved the ticket or gave it back to the bot, at most 14 days ago',
  },
  'opted-out': {
    kind: 'yes-no',
    known: 'always',
    absent: false,
    means: 'the customer has told us not to write unasked',
  },
  offered: {
    kind: 'number',
    min: 0,
    known: 'always',
    absent: 0,
    means: 'the money that was offered to them in this case, in the shop’s currency',
  },
  'order-number': { kind: 'word', known: 'askable', means: 'the order it is about' },
  amount: { kind: 'number', min: 0, known: 'askable', means: 'the money it is about, in the shop’s currency' },
} as const satisfies Record<string, FactDefinition>
