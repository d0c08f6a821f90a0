// Checks that a text fits the channels where it may be sent.
import { type Audience, CAPABILITIES, CHANNELS, type ChannelName } from '#domain'
import { textLength } from '#lib'
import { type Brand, introductionOf } from '#policy'
import { placeholders } from './texts.ts'

export const AUDIENCES: readonly Audience[] = ['public', 'private']
export type Where = { readonly channel: ChannelName; readonly audience: Audience }

/** Every network, for these audiences. */
export const channelsFor = (audiences: readonly Audience[]): Where[] =>
  audiences.flatMap((audience) => CHANNELS.map((channel) => ({ channel, audience })))

/** What is likely to stand for a placeholder, by its name, in characters; of others, a title's length. */
const LIKELY: { readonly [name: string]: number } = {
  opens: 22,
  promise: 120,
  ask: 100,
  email: 30,
  'order-number': 10,
  customer: 12,
  agent: 12,
}
const TITLE = 40

function filled(text: string): string {
  return placeholders(text).reduce((so, name) => so.replace(`{${name}}`, 'x'.repeat(LIKELY[name] ?? TITLE)), text)
}

/**
 * What is wrong with a text's length at these places: one sentence for all that have the same law. The first text of a case
 * also introduces the assistant, in the words of `brand`.
 */
export function checkLength(text: string, places: readonly Where[], brand: Brand | undefined): string[] {
  const long = new Map<string, Where[]>()
  for (const place of places) {
    const law = CAPABILITIES[place.channel][place.audience]
    if (!law) continue
    const introduction = brand ? `${introductionOf(brand, place.audience)} ` : ''
    const length = textLength(`${introduction}${filled(text)}`, law.unit)
    if (length <= law.limit) continue
    const first = introduction ? ' with the introduction' : ''
    const problem = `has about ${length} characters${first} and ${place.audience === 'public' ? 'a post' : 'a private message'} may have ${law.limit}; shorten it by ${length - law.limit}`
    long.set(problem, [...(long.get(problem) ?? []), place])
  }
  return [...long].map(([problem, at]) => {
    const channels = [...new Set(at.map(({ channel }) => channel))].join(' and ')
    return `too long for ${channels}: it ${problem}`
  })
}
