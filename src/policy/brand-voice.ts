// The brand voice: greetings, sign-offs and tone by channel, audience and language.

import escapeStringRegexp from 'escape-string-regexp'
import { z } from 'zod'
import type { Audience, ChannelName } from '#domain'

const tone = z.strictObject({
  /** `formal`: texts do without contractions such as `we'll`. */
  formality: z.enum(['informal', 'formal']).optional(),
  /** False: none is said, whoever wrote it into a text. */
  emoji: z.boolean().optional(),
  /** Ends what the bot says, where there is room for it. */
  'sign-off': z.string().optional(),
  /** The word we say for another one. */
  say: z.record(z.string().min(1), z.string()).optional(),
  avoid: z.array(z.string()).optional(),
})

export const voice = tone
  .extend({
    /** What is different where all that is named fits. */
    where: z
      .array(
        tone.extend({
          channel: z.string().optional(),
          audience: z.enum(['public', 'private']).optional(),
          language: z.string().length(2).optional(),
        }),
      )
      .optional(),
  })
  .default({})

type Tone = z.infer<typeof tone>
export type VoiceScope = { readonly channel: ChannelName; readonly audience: Audience; readonly language: string }

/** The voice at one place; what stands later in `where` counts, words add up. */
export function voiceOf({ where = [], ...general }: z.infer<typeof voice>, place: VoiceScope): Tone {
  const here: Tone[] = where.filter(
    ({ channel = place.channel, audience = place.audience, language = place.language }) =>
      channel === place.channel && audience === place.audience && language === place.language,
  )
  const all = [general, ...here]
  return {
    ...Object.assign({}, ...all),
    say: Object.assign({}, ...all.map(({ say }) => say)),
    avoid: all.flatMap(({ avoid = [] }) => avoid),
  }
}

export const EMOJI =
  / ?(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)(?:[\uFE0F\u{1F3FB}-\u{1F3FF}]|\u200D\p{Extended_Pictographic})*/gu

/** A word or a phrase in a text, and not in a link or an address. */
function wordIn(word: string): RegExp {
  const quoted = escapeStringRegexp(word).replace(/\s+/g, String.raw`\s+`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}@/._-])${quoted}(?![\p{L}\p{N}@/_-]|\.\p{L})`, 'giu')
}

const likeFirst = (said: string, meant: string) =>
  said[0] !== said[0]?.toLowerCase() ? `${meant[0]?.toUpperCase() ?? ''}${meant.slice(1)}` : meant

/** The text as this voice says it; `fits` tells whether a text is short enough. */
export function applyVoice(text: string, tone: Tone, fits: (text: string) => boolean): string {
  let said = tone.emoji === false ? text.replace(EMOJI, '').trim() : text
  for (const [word, meant] of Object.entries(tone.say ?? {}))
    said = said.replace(wordIn(word), (found) => likeFirst(found, meant))
  const off = tone['sign-off']
  const signed = off === undefined || said.endsWith(off) ? said : `${said} ${off}`
  return fits(signed) ? signed : said
}
