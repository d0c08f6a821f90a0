// Sentiment from -1 (furious) to 1 (delighted), by a small English lexicon with negation, emphasis and emoji.
// It does not see unmarked irony or mood in a mere report. It is one feature among others, never the only gate.
import type { Complaint, Mood } from '#domain'
import { isShouted } from '../retrieval/normalise.ts'
import { words } from '../retrieval/tokenize.ts'

const list = (weight: number, listed: string): [string, number][] => listed.split(' ').map((word) => [word, weight])

/** Words of what went wrong, which calm people use too. */
const TROUBLE = list(
  -2,
  'fail failed failure fails failing broken damaged stolen lost ruin defective faulty mess overcharged never avoid dirty filthy',
)

const LEXICON: ReadonlyMap<string, number> = new Map([
  ...list(
    3,
    'love loved amazing awesome fantastic excellent outstanding brilliant superb incredible perfect phenomenal',
  ),
  ...list(
    2,
    'great wonderful best delighted thrilled impressed happy beautiful fabulous lovely stellar flawless excited',
  ),
  ...list(
    1.5,
    'good nice thanks thank thx ty cheers appreciate appreciated helpful kind friendly pleased glad grateful enjoy ' +
      'enjoyed easy quick quickly smooth kudos congrats yay haha sweet cool awesomeness fun polite efficient',
  ),
  ...list(0.7, 'better resolved sorted solved fixed hope fine welcome recommend win works worked'),
  ...list(
    -3,
    'worst terrible horrible awful disgusting disgusted disgrace disgraceful appalling atrocious abysmal furious hate ' +
      'hated pathetic garbage trash scam scammers scammed thieves liars fuck fucking fucked fuckin wtf bullshit outrageous ' +
      'outraged unacceptable inexcusable shameful nightmare livid crap shit shitty bastards ruined vile despicable ' +
      'sucks suck useless incompetent disaster ridiculous',
  ),
  ...list(
    -2,
    'bad poor poorly angry mad upset annoyed annoying frustrated frustrating frustration disappointed disappointing ' +
      'disappointment unhappy rude lied lie lying wasted waste ignored ignoring shame ashamed embarrassing sick tired ' +
      'stupid unprofessional careless nonsense absurd unbelievable insulting dreadful lousy misleading cheated robbed ' +
      'infuriating damn hopeless clueless regret screwed unreliable unhelpful sad crying',
  ),
  ...TROUBLE,
  ...list(
    -1,
    'late delayed delay delays cancelled canceled cancellation waiting wait waited stuck stranded missing missed wrong ' +
      'problem problems issue issues trouble error errors crash crashed crashes slow refuse refused refuses nobody nothing ' +
      'complaint complain hold stopped confused confusing worse unable cannot unresolved ' +
      'hung charged unfair expensive leaking torn scratched cracked ugh smh wth seriously still again why',
  ),
])

const NEGATIONS = new Set(
  'not no never none cannot without hardly barely nor isnt wasnt arent werent dont doesnt didnt cant couldnt wont wouldnt shouldnt havent hasnt hadnt aint'.split(
    ' ',
  ),
)
const STRONGER = new Set(
  'very really so extremely absolutely totally completely utterly such fucking beyond super incredibly'.split(' '),
)
const GLAD = /[😀😁😃😄😊😍🥰😘🤩👍👏🙌💕💖💗💙💚💛💜🧡❤🎉🥳😎💯🙏]|(?:^|\s)(?::-?\)|:-?D|<3|;-?\))(?=\s|$|[.!,])/gu
const CROSS = /[😠😡🤬😤😒🙄😞😢😭👎💔🤮🤢😩😫🖕😑🤦]|(?:^|\s)(?::-?\(|:'\(|:-?\/|-_-)(?=\s|$|[.!,])/gu

/** People who are content seldom say what is not. */
const NEGATION = -0.5
const WAITED = /\b(?:\d+|an?|few|two|three|several|many)\+? ?(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?)\b/gi
const ANGRY_TAG = /#\p{L}*(?:fail|worst|suck|never|awful|terrible|not\p{Ll}|boycott|scam|hate|disappoint)\p{L}*/giu

const ANGRY_PHRASE =
  /\b(?:what|is|are|such|complete|total|absolute|a) (?:an? )?(?:complete |total |absolute |bloody |fucking )?(?:jokes?|shambles|farce|rip-?off)\b|\bfed up\b|\blast straw\b/gi

const TROUBLE_WORDS = new Set(TROUBLE.map(([word]) => word))

/** Below this, on either side of 0, somebody is neither sour nor glad. */
export const NEITHER = 0.2

/** Tokens after a negation that it turns around. */
const REACH = 3

/** Whether the writer is cross, and not only in trouble. */
export function isCross(text: string): boolean {
  if (count(text, CROSS) > 0 || count(text, ANGRY_TAG) > 0 || count(text, ANGRY_PHRASE) > 0) return true
  const cross = words(text).some((word) => (LEXICON.get(word) ?? 0) <= -2 && !TROUBLE_WORDS.has(word))
  return cross || (isShouted(text) && /!/.test(text))
}

/** The mood that rules hear: a complaint is negative however politely it is put; thanks and praise are positive. */
export function moodOf(
  { sentiment, signals }: { readonly sentiment: number; readonly signals: readonly string[] },
  complaint: Complaint,
): Mood {
  if (complaint !== 'none' || sentiment < -NEITHER) return 'negative'
  return sentiment > NEITHER || signals.includes('praise') || signals.includes('thanks') ? 'positive' : 'neutral'
}

export function sentiment(text: string): number {
  const tokens =
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/\p{L}+|[.!?,;]/gu) ?? []
  let sum = 0
  let negatedUntil = -1
  tokens.forEach((token, i) => {
    if (/[.!?,;]/.test(token)) negatedUntil = -1
    const weight = LEXICON.get(token) ?? 0
    if (weight !== 0) {
      const stronger = STRONGER.has(tokens[i - 1] ?? '') ? 1.4 : 1
      const turned = i <= negatedUntil ? (weight > 0 ? -0.9 : -0.3) : 1
      sum += weight * stronger * turned
    }
    if (NEGATIONS.has(token)) {
      negatedUntil = i + REACH
      sum += NEGATION
    }
  })
  sum +=
    1.5 * count(text, GLAD) -
    2 * count(text, CROSS) -
    count(text, WAITED) -
    2 * count(text, ANGRY_TAG) -
    3 * count(text, ANGRY_PHRASE)
  if (isShouted(text)) sum *= 1.3
  if (/!{2,}/.test(text)) sum *= 1.2
  // "?!" and "???" are how people write that their patience ends.
  if (/\?!|!\?|\?{3,}/.test(text)) sum -= 0.7
  return sum / Math.sqrt(sum * sum + 9)
}

function count(text: string, pattern: RegExp): number {
  return Math.min(3, text.match(pattern)?.length ?? 0)
}
