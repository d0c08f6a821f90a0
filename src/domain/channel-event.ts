// The events of a network: messages, edits, deletions, deliveries, handovers.

import type { Audience } from './channel.ts'
import type { Aside, Customer, Message, TextNotes } from './conversation.ts'

/** What a network told us, in our words. `id` is unique per channel and names the thing, not the delivery. */
export type ChannelEvent =
  | {
      readonly kind: 'message'
      readonly id: string
      readonly own: false
      readonly customer: Customer
      readonly message: Message
      /** Message id of our public post whose prompt opened this private thread. */
      readonly from?: string
      /** False where the network lets us read a post that was not addressed to us. */
      readonly directed: boolean
      readonly aside?: Aside
    }
  | {
      /** Our own account spoke: an echo of our send, or a person using the network's own inbox. */
      readonly kind: 'message'
      readonly id: string
      readonly own: true
      readonly customer?: Customer
      readonly message: Message
      /** Effect id that we attached when we sent it, where the network hands it back. */
      readonly effect?: string
      /**
       * `person`: typed outside Warmline. `us`: sent through our app. `automation`: the network's own instant reply.
       * Channels leave `unknown` what only a look at what Warmline sent can tell.
       */
      readonly by: 'us' | 'person' | 'automation' | 'unknown'
    }
  | (TextNotes & {
      readonly kind: 'edit'
      readonly id: string
      readonly own: boolean
      readonly customer?: Customer
      readonly of: string
      readonly text: string
      /** The network's count of this message's edits, or the edit's time: of two edits the higher one is newer. */
      readonly order: number
      readonly audience: Audience
    })
  | {
      readonly kind: 'delete'
      readonly id: string
      readonly own: boolean
      readonly customer?: Customer
      readonly of: string
      readonly audience: Audience
    }
  | {
      readonly kind: 'reaction' | 'read' | 'delivery' | 'status' | 'control'
      readonly id: string
      readonly own: boolean
      readonly what: string
      /**
       * Of `control`: who speaks in the conversation from now on, a person in the network’s own inbox or we; `asked`: a
       * person who wants to, and whom the network does not let yet.
       */
      readonly to?: 'person' | 'asked' | 'us'
      /** Of `control`: when, by the network's clock, in milliseconds since 1970. */
      readonly at?: number
      readonly customer?: Customer
    }
  | { readonly kind: 'ignored'; readonly id: string; readonly own: boolean; readonly reason: string }
