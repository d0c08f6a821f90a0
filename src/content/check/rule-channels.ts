// Where a rule speaks.
import { CHANNELS } from '#domain'
import { meets, type Rule } from '#policy'
import { AUDIENCES, type Where } from './text-fit.ts'

export const placesOf = ({ when, channels }: Pick<Rule, 'when' | 'channels'>): Where[] =>
  CHANNELS.filter((channel) => (channels?.includes(channel) ?? true) && meets(when.channel, channel)).flatMap(
    (channel) =>
      AUDIENCES.filter((audience) => meets(when.audience, audience)).map((audience) => ({ channel, audience })),
  )
