// Labels for what the API names: channels, states, roles.

const CHANNELS: Record<string, string> = {
  playground: 'Playground',
  x: 'X',
  facebook: 'Facebook',
  instagram: 'Instagram',
  whatsapp: 'WhatsApp',
  telegram: 'Telegram',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
  'bot-framework': 'Bot Framework',
}
export const channelName = (channel: string): string => CHANNELS[channel] ?? channel

const HAPPENED: Record<string, string> = {
  'ticket-opened': 'Came to the queue',
  'ticket-claimed': 'Claimed',
  'ticket-released': 'Put back into the queue',
  'ticket-resolved': 'Resolved',
  'ticket-returned': 'Returned to the bot',
  'ticket-reopened': 'Opened again',
  'ticket-transferred': 'Transferred',
  'ticket-snoozed': 'Put aside',
  'ticket-unsnoozed': 'Taken up again',
  'ticket-tagged': 'Tags changed',
  'ticket-merged': 'Merged',
  'ticket-split': 'Split off',
  'expert-asked': 'Expert asked',
  'expert-answered': 'Expert answered',
  'expert-revoked': 'Link taken back',
  'ticket-updated': 'Changed',
  'ticket-warning': 'Due soon',
  'ticket-overdue': 'Not answered in time',
  'danger-unclaimed': 'Unclaimed danger: everybody on duty was told',
  'customer-reassured': 'The customer was told that they still wait',
  'customer-followed-up': 'The customer was asked whether all is well',
  'customer-not-told': 'The customer was not written to',
  'turn-put-off': 'Answered later: many wait',
  'message-received': 'The customer wrote',
  'message-edited': 'The customer changed a message',
  'message-deleted': 'The customer deleted a message',
  'message-purged': 'A deleted message was removed for good',
  'message-sent': 'Replied',
  'private-data-shown': 'Private data was shown',
  'wording-learnt': 'The customer’s wording was proposed',
}
/** A history entry in words; names that are not ours are shown as they are. */
export const happened = (what: string): string =>
  HAPPENED[what] ?? (/^[a-z-]+$/.test(what) ? what.charAt(0).toUpperCase() + what.slice(1).replaceAll('-', ' ') : what)

const DELIVERY: Record<string, string> = {
  sending: 'Sending…',
  sent: 'Sent',
  refused: 'Not delivered: the network refused it',
  'in-doubt': 'Not sure that it arrived',
  suppressed: 'Held back: a person had taken over, or the customer deleted what it answers',
}
export const delivered = (state: string): string => DELIVERY[state] ?? state

/** Whether an agent should look at what became of a message. */
export const troubled = (state: string | undefined): boolean => state === 'refused' || state === 'in-doubt'

export const AUTHORS = {
  customer: 'Customer',
  bystander: 'Bystander',
  bot: 'Bot',
  agent: 'Agent',
  brand: 'Our account',
} as const

export const ATTACHMENTS = {
  image: 'Picture',
  video: 'Video',
  audio: 'Voice message',
  file: 'File',
  sticker: 'Sticker',
  location: 'Location',
  link: 'Shared link',
  story: 'Story',
  mention: 'Mention without words',
  encrypted: 'Encrypted message: read and answer it on the network',
  unsupported: 'Something the network does not pass on: look there',
} as const

export const readable = (name: string): string => {
  const words = name
    .replaceAll(/[-_.]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const COMPLAINTS: Record<string, string> = {
  none: 'no complaint',
  rant: 'a rant',
  minor: 'a minor complaint',
  major: 'a major complaint',
}
export type Kind = { complaint?: string; mood?: string; 'account-specific'?: boolean; 'wants-human'?: boolean }
/** What kind of message it is, in words. */
export const kindOf = ({ complaint, mood, ...is }: Kind): string =>
  [
    complaint && (COMPLAINTS[complaint] ?? complaint),
    mood,
    is['account-specific'] && 'about something of theirs',
    is['wants-human'] && 'asks for a person',
  ]
    .filter(Boolean)
    .join(', ') || 'an ordinary message'

export const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`
