// A customer id names the channel, the account and the person.
import type { ChannelName } from './channel.ts'
import type { Customer, CustomerId } from './conversation.ts'

/** Somebody whose case was never opened, from their id. */
export function customerFromId(id: CustomerId): Customer {
  const [channel = '', account = '', ...user] = id.split(':')
  return { id, channel: channel as ChannelName, account, user: user.join(':') }
}
