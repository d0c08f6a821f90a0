// Measures a text in a channel's unit: characters, bytes, or X's weighted length.
import twitter from 'twitter-text'

/** How long a text may be on a channel, in the channel's own unit. */
export type TextLimit = { readonly unit: 'characters' | 'bytes' | 'x-weighted'; readonly limit: number }

const bytes = new TextEncoder()

/** How long a text is in a channel's unit: code points, UTF-8 bytes, or X's weighted length (twitter-text, version 3). */
export function textLength(text: string, unit: TextLimit['unit']): number {
  switch (unit) {
    case 'bytes':
      return bytes.encode(text).length
    case 'x-weighted':
      return twitter.parseTweet(text).weightedLength
    case 'characters':
      return Array.from(text).length
  }
}
