// Says on which channels and audiences a rule speaks.
import { CHANNELS } from '#domain'
import { meetsCondition, type Rule } from '#policy'
import { AUDIENCES, type Where } from './text-fit.ts'

export const channelsOfRule = ({ when, channels }: Pick<Rule, 'when' | 'channels'>): Where[] =>
  CHANNELS.filter((channel) => (channels?.includes(channel) ?? true) && meetsCondition(when.channel, channel)).flatMap(
    (channel) =>
      AUDIENCES.filter((audience) => meetsCondition(when.audience, audience)).map((audience) => ({
        channel,
        audience,
      })),
  )
