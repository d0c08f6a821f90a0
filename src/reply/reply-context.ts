// What composing a reply needs beside the case.
import type { Content } from '#content'
import type { ChannelCapabilities, ChannelName } from '#domain'
import type { FindOwners } from '#redis/store'

/** What composing a reply needs beside the case. Nothing here keeps state between replies. */
export type ReplyContext = {
  readonly content: Content
  readonly law: (channel: ChannelName) => ChannelCapabilities
  /** Keys and passwords of this installation, which nobody is told. */
  readonly keys: readonly string[]
  readonly recognise: FindOwners
  readonly newId: () => string
  readonly now: () => number
}
