// Finds the signals of a turn by phrases and rules, in the first 8,000 characters.

import { dialogueActOf, isFarewell } from '#dialog'
import { SIGNALS, type Signal } from '#domain'
import { LONGEST } from '../../retrieval/normalise.ts'
import { isChatter, isSideTalk } from '../chit-chat.ts'
import { isOpening } from '../conversation-opening.ts'
import { courtesiesIn } from '../courtesies.ts'
import { sentiment } from '../sentiment.ts'
import { GRIEVANCE } from './money-and-legal.ts'
import { DANGER, type Phrases } from './safety.ts'
import { SMALL_TALK } from './small-talk.ts'

const PHRASES: Readonly<Partial<Record<Signal, Phrases>>> = { ...DANGER, ...GRIEVANCE, ...SMALL_TALK }

/** A glad word at the start, and what follows is not: "Great, another week of waiting". */
const GLAD_START =
  /^\W*(?:oh |well |wow,? |just |gee |ah |yay,? |so |my |what an? )?(?:great|nice|awesome|lovely|wonderful|brilliant|fantastic|perfect|amazing|bravo|congrats|congratulations|well done|good job|nice job|great job|nice work|way to go|love|gotta love|i love|excellent|superb|classy|fabulous)\b/i
const SOUR =
  /\b(?:another|again|waiting|waited|wait|late|delay\p{L}*|cancel\p{L}*|broken?|lost|losing|nothing|ignor\p{L}*|no (?:reply|response|help|one|answer)|nobody|on hold|hours|weeks|ruin\p{L}*|wrong|worst|never|still|stuck|miss(?:ed|ing)|fail\p{L}*|wast\p{L}*|damag\p{L}*|leav(?:e|ing) (?:me|us)|lie[sd]?|lying|rude|crash\p{L}*|overcharg\p{L}*|stranded|useless|down again|not)\b|n't\b/iu
const DRY =
  /\b(?:so|real|really|very|super) helpful\b.{0,5}(?:🙄|\.\.\.)|🙄|\bslow clap\b|\byeah,? right\b|\bway to go\b.{0,40}\bn[o']t?\b|\s\/s$|\bgotta love\b|\blove (?:it )?(?:when|how|that) (?:you|they|the|your|my)\b|\bthanks?(?: you)?(?: \p{L}+){0,2} for nothing\b/iu
const SOUR_DEED =
  /^(?:\p{L}+ )?(?:los(?:ing|t)|cancel\p{L}*|delay\p{L}*|ruin\p{L}*|wast\p{L}*|ignor\p{L}*|break\p{L}*|destroy\p{L}*|(?:making|keeping|letting|leaving) (?:me|us) (?:\p{L}+ )?(?:miss|wait|waiting|late|down|stranded|hanging|stuck|hungry|on hold|behind|in the dark)|not (?:telling|letting|sending|giving|getting|replying|answering|helping|refunding|delivering|caring)|nothing|the (?:delay|headache|runaround|lies|wait|terrible|awful|bad|poor)|charging|overcharg\p{L}*|damag\p{L}*|screw\p{L}*|another|no)\b/iu
/** "Thanks for losing my bag". */
const THANKS_FOR =
  /\b(?:thanks?|thank you|cheers|congrats)(?: (?:a lot|so much|again|guys|\p{L}+))? (?:for|on) (.{3,60})/iu

export function plain(text: string): string {
  return text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u00ad\u200b\u200c\u2060\ufeff]/g, '')
    .replace(/(?<![\p{L}\p{N}.])@[\p{L}\p{N}_]+|https?:\/\/\S+/gu, ' ')
    .replace(/&amp;/g, '&')
    .replace(/[ \t]+/g, ' ')
    .trim()
}

const COMPARES =
  /\b(?:better|worse|cheaper|dearer|nicer|faster|than|vs|versus|compar(?:e|ed|ing|ison)|instead|rather|prefer|same as|different from|beat|think of|opinion|why (?:should|would) i|or|as \w+ as|next time|going to|go(?:ne)? (?:to|with)|should(?:'ve| have))\b/i

/** Whether somebody asks us not to write to them; no engine has to be asked. */
export const optsOut = (text: string): boolean => hears(plain(text), PHRASES['opt-out'])

const LINK = /https?:\/\//i

/** In the order of SIGNALS. `competitors` and `ours` are names the brand gave: of others, and its own. */
export function findSignals(text: string, competitors: readonly string[], ours: readonly string[] = []): Signal[] {
  const said = plain(text)
  const heard = new Set<Signal>(SIGNALS.filter((signal) => hears(said, PHRASES[signal])))
  if (isOpening(said)) {
    heard.clear()
    heard.add('greeting')
  }
  const { courtesies, rest } = courtesiesIn(said)
  if (rest === '') for (const courtesy of courtesies) heard.add(courtesy)
  const mood = sentiment(said)
  if (isSarcastic(said, mood)) {
    heard.add('sarcasm').delete('praise')
    heard.delete('thanks')
  }
  if (mood < -0.1) heard.delete('praise')
  // A question that names another shop and compares nothing is about us.
  if (names(said, competitors) && (COMPARES.test(said) || !heard.has('question'))) heard.add('competitor')
  if (heard.size === 0 && !LINK.test(text) && isChatter(said)) heard.add('chatter')
  if (isSideTalk(text, ours)) heard.add('side-talk')
  if (isFarewell(said)) heard.add('farewell')
  const act = dialogueActOf(said, { kind: 'slot:yes-no' })
  if (act === 'affirm') heard.add('agreement')
  if (act === 'deny' || act === 'stop') heard.add('refusal')
  return SIGNALS.filter((signal) => heard.has(signal))
}

function isSarcastic(text: string, mood: number): boolean {
  if (DRY.test(text)) return true
  const thanked = THANKS_FOR.exec(text)?.[1] ?? ''
  return mood < 0.6 && ((GLAD_START.test(text) && SOUR.test(text)) || SOUR_DEED.test(thanked))
}

function hears(text: string, phrases: Phrases | undefined): boolean {
  if (!phrases) return false
  const rest = (phrases.unless ?? []).reduce((left, phrase) => left.replace(phrase, ' '), text)
  return phrases.hear.some((pattern) => pattern.test(rest))
}

function names(text: string, competitors: readonly string[]): boolean {
  const padded = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  return competitors.some((name) =>
    padded.includes(
      ` ${name
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()} `,
    ),
  )
}
