// Every Lua script, with the keys it needs and the arguments it takes. What each does stands in lua/<name>.lua.
import { join } from 'node:path'
import { loadScript, type ScriptArguments } from '../lua-script.ts'
import type { CustomerKeys } from './keys.ts'

const FOLDER = join(import.meta.dirname, 'lua')

/** A script over one customer's keys: it is given all of them and takes those that it names. */
const ofCustomer = <Args extends ScriptArguments>(name: string) => loadScript<keyof CustomerKeys, Args>(FOLDER, name)
const script = <Keys extends string, Args extends ScriptArguments>(name: string) => loadScript<Keys, Args>(FOLDER, name)

/** Times are milliseconds since 1970. `json`, `case`, `event` and what is called so are JSON texts, stored as they come. */
type Stored = { readonly id: string; readonly json: string }
/** What has to be as it was read. */
type AsRead = { readonly version: string; readonly length: number }

// A message that comes in.

export const CLAIM = script<'claim' | 'revision', { customer: string; keepMs: number }>('claim-message')

export const NOTE_REVISION = script<
  'claim' | 'revision',
  { revision: string; order: number | undefined; keepMs: number }
>('note-revision')

type ReceivedEvent = {
  /** Of the event. */
  id: string
  now: number
  /** Ids of events from before are forgotten. */
  forgetBefore: number
  message: string
  /** What is known of the message's edits, or ''. */
  known: string
}

export const RECEIVE = ofCustomer<
  ReceivedEvent & {
    /** What is to be known of its edits. */
    change: string | undefined
    /** For the mailbox. */
    pending: string | undefined
    events: readonly string[]
  }
>('receive')

export const CHANGE = ofCustomer<
  ReceivedEvent &
    AsRead & {
      change: string
      /** The message in the mailbox, if it waits there, and what is put in its place; without, it goes. */
      pending: string | undefined
      pendingAfter: string | undefined
      case: string | undefined
      purgeAt: number | undefined
      events: readonly string[]
      effects: readonly Stored[]
      moot: readonly { readonly id: string; readonly event: string }[]
    }
>('change')

// A case.

export const COMMIT = ofCustomer<{
  version: string
  epoch: number
  /** Messages of the mailbox that the change takes. */
  taken: number
  nextEpoch: number
  owner: string
  case: string
  events: readonly string[]
  effects: readonly Stored[]
}>('commit')

// An effect. `epoch`: the one it needs, if it needs one. `event` and the like go into the history.

export const START = ofCustomer<{
  id: string
  epoch: number | undefined
  /** It may be sent again after its answer was lost. */
  repeatable: boolean
  now: number
  suppressed: string
  /** For so long the network takes none. */
  limitMs: number
}>('start')

export const FINISH = ofCustomer<{
  id: string
  state: string
  try: number | undefined
  event: string | undefined
  notBefore: number
  because: string | undefined
  now: number
}>('finish')

export const DOUBT = ofCustomer<{
  id: string
  try: number
  why: string
  notBefore: number
  looks: number
  over: boolean
  event: string | undefined
}>('doubt')

export const RESEND = ofCustomer<{ id: string; try: number; looks: number; event: string }>('resend')

export const ECHO = ofCustomer<{ id: string; event: string; named: boolean }>('echo')

export const RETRY = ofCustomer<{ id: string; epoch: number | undefined; again: string; suppressed: string }>('retry')

export const DROP = ofCustomer<{ id: string; event: string }>('drop')

// Erasure.

export const PURGE = ofCustomer<
  AsRead & {
    case: string | undefined
    events: readonly { readonly index: number; readonly json: string }[]
    effects: readonly Stored[]
    messages: readonly { readonly id: string; readonly change: string; readonly event: string }[]
  }
>('purge')

export const PURGED = ofCustomer<AsRead>('purged')

export const ERASE = ofCustomer<{
  now: number | string
  /** Ids of events, and that the customer was erased, are remembered for so long. */
  keepMs: number
  version?: string | undefined
  length?: number | undefined
  erased?: string | undefined
}>('erase')

export const TIDY = ofCustomer<{ version: string; old: number; forgetBefore: number; most: number }>('tidy')

// What belongs to no single customer.

export const ADD_OWNER = script<'owners', { owner: string; values: readonly string[] }>('add-owner')
export const REMOVE_OWNER = script<'owners', { owner: string; values: readonly string[] }>('remove-owner')

export const LIMIT = script<'limit', { forMs: number }>('limit')

export const CLAIM_OUTREACH = script<
  'optedOut' | 'threads' | 'day' | 'person',
  {
    person: string
    thread: string
    message: string
    now: number
    perDay: number
    perPerson: number
    dayMs: number
    personMs: number
    claim: boolean
  }
>('claim-outreach')

export const NOTE_DUE = script<'due', { customer: string; now: number }>('note-due')

export const REMOVE_IF_SCORE = script<'set', { member: string; score: number }>('remove-if-score')

export const RELEASE_LEASE = script<'lease', { token: string }>('release-lease')

export const SWAP = script<
  'audit',
  {
    entry: string | undefined
    most: number
    swaps: readonly { readonly before: string; readonly after: string }[]
  }
>('swap')
