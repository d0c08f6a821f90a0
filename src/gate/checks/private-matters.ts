// Blocks in public what a policy keeps private: a customer's own order, money or account.
// General information, questions and invitations to a private conversation pass.
import { stemmer } from 'stemmer'
import type { PrivateMatter } from '#policy'
import { type Check, type CheckInput, findingAt, isInside } from '../check-input.ts'
import type { Range } from '../match/collapsed-text.ts'
import { moneyIn } from '../match/numbers.ts'
import { isPublished } from '../match/published-sentences.ts'
import { findOffered, isPrice, OURS } from './promises.ts'

/** The rules that keep something out of public, and the dialogs that they may name. */
export type PrivateMatters = {
  readonly rules: readonly PrivateMatter[]
  readonly dialogs: readonly { readonly id: string; readonly topic: string; readonly phrases: readonly string[] }[]
}

/** What customers of any trade have with a brand; a brand's own words for it are added to them. */
const MATTERS =
  'account|address|appeal|appointment|application|bags?|balance|bill|booking|card|charge|claim|collection|contract|credit|debit|deliver(?:y|ies)|deposit|direct debit|discount|exchange|fee|fine|flight|gift card|insurance|invoice|item|licence|loan|login|luggage|meter|membership|money|mortgage|name on|order|package|parcel|password|payment|payout|pension|plan|points|policy|prescription|premium|purchase|refund|rent|repair|replacement|reservation|results?|return|salary|savings|shipment|statement|subscription|tariff|ticket|transaction|transfer|voucher|warranty|withdrawal'
/** What people say and show us in public is no matter of theirs with us. */
const WORDS_OF_THEIRS =
  'message|dm|comment|tweet|post|feedback|words|review|photo|picture|video|question|query|suggestion|idea|story|point|patience|loyalty|support|experience|thoughts|view|concern|enquiry|e-?mail'

const NOT_GENERAL = String.raw`(?! (?:usually|normally|always|generally|typically|automatically|never|important|safe|welcome|free(?! of)))`
/** Not "sorry your order was late": that is theirs, said back to them. */
const THEIRS = String.raw`(?<!(?:sorry|hear|glad|happy|hope|hoping|pleased|love|great|sad|know)(?: that)? )(?<![\p{L}])(?:your|ur)`
/** Words at which what is theirs has ended. */
const BETWEEN =
  'until|till|the|a|an|when|if|and|or|but|that|which|who|under|to|for|from|with|in|on|at|of|by|so|as|is|are|was|were|has|have|will|can'
const UP_TO = (words: number) => String.raw`(?: (?!(?:${BETWEEN})(?![\p{L}]))[\p{L}\d'’-]+){0,${words}}?`
const TO_BE = String.raw`(?:['’]s| is| are| was| were| has| have| had|['’](?:ve|re))(?:n['’]t)?(?: (?:not|now|already|just|also|only|all|been|being|be|double|successfully|fully|partly|yet))*`
const WILL = String.raw`(?:['’]ll| will| won['’]t| should| shouldn['’]t| (?:is|are) (?:due|going|set|expected) to)(?: (?:not|now|also|then|be|have|been))*`
/** How it stands. */
const STATE = String.raw`(?:${TO_BE}|${WILL}| does(?:n['’]t| not)| went| came| left| got| shows?| arrived| needs| failed| bounced| (?:ends?|expires?|starts?|runs out|renews?|ships?|leaves?|arrives?|comes?)(?= (?:today|tomorrow|tonight|soon|now|on|at|by|in \d|next|this)))(?![\p{L}])`
/** What a service does to what is somebody's, as it is written of what was done. */
const PROCESSED =
  'shipped|sent|resent|re-?dispatched|dispatched|delivered|posted|collected|refunded|reimbursed|repaid|cancell?ed|charged|overcharged|billed|debited|credited|waived|removed|taken|booked|rebooked|moved|rescheduled|rearranged|postponed|approved|accepted|declined|rejected|refused|denied|blocked|unblocked|locked|unlocked|frozen|suspended|closed|reopened|deleted|changed|updated|upgraded|downgraded|verified|confirmed|received|returned|replaced|repaired|mended|processed|issued|added|applied|extended|renewed|paused|paid|transferred|registered|activated|deactivated|reset|packed|ordered|reserved|covered|compensated|awarded|upheld|turned down|settled|signed for|lost|picked up|corrected|amended|merged|failed|missed|bounced|held|delayed|put through|reversed|released|corrected|sorted out|used|stopped|redeemed|restored|resolved'
const PAST = String.raw`(?:${PROCESSED}|took|got|gave|put|held|arrived|left)`
const PROCESSING =
  'ship|send|resend|pop|put|drop|reverse|release|stop|restore|dispatch|deliver|refund|reimburse|repay|cancel|charge|bill|credit|waive|remove|take|book|rebook|move|reschedule|approve|reject|block|unblock|lock|unlock|freeze|suspend|close|delete|change|update|upgrade|return|replace|repair|process|issue|add|apply|extend|renew|pause|pay|transfer|activate|reset|reserve|cover|compensate'
const DOING = String.raw`(?:shipping|sending|resending|dispatching|delivering|refunding|reimbursing|repaying|cancelling|canceling|charging|billing|crediting|waiving|removing|booking|moving|rescheduling|blocking|closing|deleting|changing|upgrading|returning|replacing|repairing|processing|issuing|adding|extending|renewing|paying|transferring|resetting|covering|compensating|reversing|releasing|stopping|restoring|sorting(?: out)?)`
const WE = String.raw`(?<![\p{L}])(?:we|i|our team|the team|my colleague|a colleague|the (?:courier|driver|bank|warehouse))`
const SO = String.raw`(?: (?:not|just|already|now|also|only|gladly|happily|then|been|be|since))*`
const OBJECT = String.raw`(?! (?:you |your )?(?:a |an |the |some |this )?(?:private |direct |quick |short )?(?:${WORDS_OF_THEIRS}|link|reply|note|form|details|hug|update)s?(?![\p{L}]))(?: [\p{L}\d'’£€$%.,-]+){0,6}?`
const MONEY_THING = String.raw`the (?:\p{L}+ )?(?:charge|fee|payment|refund|cost|postage|amount|money|difference|deposit|voucher|credit|discount|order|parcel|taxi)`
/** Whose it is that we did something to. */
const FOR_THEM = String.raw`(?:(?<![\p{L}])you(?![\p{L}])|(?<![\p{L}])your(?! (?:\p{L}+ )?(?:${WORDS_OF_THEIRS})s?(?![\p{L}]))|${MONEY_THING})`
const AT_ONCE = String.raw`(?: (?:refund|reimburs|cancel|dispatch|ship|deliver|resen|credit|waiv|rebook|cover)\p{L}* (?:it|this|that|them|the|all|half))`

const SENTENCE = /(?:[^.!?\n]|[.!?](?=[\p{L}\d]))+[.!?]*/gu
const CONDITION =
  /(?<![\p{L}])(?:if|unless|in case|whenever)(?![\p{L}])|^\W*(?:when|once|until|as soon as)(?![\p{L}])/iu
/** At which what will be is a rule for everybody. */
const WHENEVER = /(?<![\p{L}])(?:if|unless|when|once|until|as soon as|whenever|before|after)(?![\p{L}])/iu
const REQUEST =
  /^\W*(?:(?:hi|hello|hey|thanks|thank you|sorry)[^,.!]{0,30}[,.!–-] ?)?(?:please|kindly|could|can|would|will|do|does|did|is|are|was|were|has|have|what|which|when|where|who|how|may)(?: (?:you|we|i|your|it|they|the|there))?(?![\p{L}])[^.!]*\?$|^\W*(?:please|just|simply|kindly)?,? ?(?:send|dm|message|drop|pop|let|tell|write|give|share|check|have|visit|see|log|sign|go|call|ring|reply|follow|keep|make|use|open|enter|contact|add)(?![\p{L}])/iu

/** How the customer's own money stands. */
const MONEY_BACK = new RegExp(
  [
    // We give it, or we do not.
    String.raw`${OURS}(?: not|n?['’]t| never)? (?:refund|reimburs|compensat|credit|repay)(?:ed|e|ing|ate|ated|ating)? (?:you|it|this|that|the|your|all|half|part|in full|[£€$\d])`,
    String.raw`(?<![\p{L}])(?:we|i|they)(?: (?:can|ca|wo|do|could|would|are|did|have)(?:n?['’]t|not| not)| will not| won['’]t|['’](?:re|ll|ve|m) not)(?: (?!if|when)\p{L}+){0,3}? (?:refund(?:ed|ing)?|reimburs\p{L}+|compensat\p{L}+|credit(?:ed|ing)?) (?:you|it|this|that|your|one)(?![\p{L}])`,
    String.raw`${OURS}(?: not|n?['’]t)? (?:offer|give|pay|send|arrange|provide|owe|award)\p{L}* (?:you )?(?:some |any |no |more )?(?:compensation|money|cash|credit|goodwill)(?![\p{L}])`,
    String.raw`${OURS}(?: not|n['’]t)?(?: \p{L}+){0,3} (?:a|an|the|your|no|any|another|full|partial) (?:\p{L}+ ){0,2}(?:refund|reimbursement|compensation|money back|voucher|goodwill|credit note)(?![\p{L}])`,
    String.raw`${OURS} owe you(?![\p{L}])`,
    // They get it, or they do not.
    String.raw`(?<![\p{L}])you(?:['’](?:ll|ve|re)| will| have| are| should| can|['’]d| would)(?: \p{L}+){0,2} (?:refunded|reimbursed|compensated|credited|money back|(?:a|the|your|full|no) (?:\p{L}+ ){0,2}(?:refund|compensation|voucher|money))(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:the|your|a|an|this|that|full|partial|another|^\W*) ?(?:\p{L}+ ){0,2}(?:refund|reimbursement|compensation|voucher|credit|goodwill (?:gesture|payment))(?: of [^.;]{1,20})?(?: has| have|['’]s| is| was| will)(?: not|n['’]t| now| already| just| been| be)* (?:been|being|be|sent|issued|made|processed|approved|refused|declined|rejected|denied|on (?:its|the) way|credited|paid|added|given|arranged|pending|due|coming|done|with you|yours)(?! to the (?:card|way|account) you)`,
    String.raw`(?:^\W*|there(?:['’]s| is| will be) (?:a |your )?)(?:full |partial |your |a )*(?:refund|compensation|money)(?:['’]s| is)? (?:on (?:its|the) way|coming|done|issued|sent|processed|approved)(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:no|any) (?:refund|compensation|money)(?: is| will be| was|['’]s)? (?:due|owed|possible|coming|available for you)`,
  ].join('|'),
  'iu',
)
/** What became of what is theirs, whatever it is. */
const DONE = new RegExp(
  [
    String.raw`${THEIRS}(?! (?:\p{L}+ )?(?:${WORDS_OF_THEIRS})s?(?![\p{L}]))${UP_TO(4)} [\p{L}\d'’-]+(?:${TO_BE}(?: \p{L}+)?)? (?:${PROCESSED})(?![\p{L}])(?! (?:by|for) (?:every|all))`,
    String.raw`${WE}(?:['’]ve| have| has|['’]d| had|(?= ))${SO} ${PAST}(?![\p{L}])${OBJECT} ${FOR_THEM}`,
    String.raw`${WE}(?:['’](?:ve|d)| have| has| had|(?= ))${SO}(?=${AT_ONCE})(?= \p{L}+(?:ed|nt) )`,
    String.raw`${WE}(?:['’](?:re|m)| are| am| is)${SO}(?: going to)? (?:${DOING}|(?<=to )(?:${PROCESSING}))(?![\p{L}])${OBJECT} (?:${FOR_THEM}|it|this)`,
    String.raw`(?<![\p{L}])you(?:['’]ve| have|['’]re| are| were| was)(?: not|n['’]t| been| being| now| all| double| also| only| just| already)* (?:booked|${PROCESSED})(?![\p{L}])`,
    String.raw`(?:^\W*|[,;:] |(?<![\p{L}])(?:that|see|shows?|and|but|because|desk|lamp|item|thing) )you(?:['’]ve| have| had| still| only| already| just)* (?:owe|ordered|paid|bought|returned|cancelled|canceled|spent|overpaid|missed (?:a|the|your|\p{L}+) (?:payment|slot|delivery|appointment))(?![\p{L}])`,
    String.raw`(?:^\W*|[,;:] |(?<![\p{L}])(?:that|and|but|because) )(?:it|they)(?:['’]s been| has been| have been| was| were)(?: \p{L}+)? (?:${PROCESSED})(?![\p{L}])`,
    String.raw`(?:^\W*|[,;:] |(?<![\p{L}])(?:that|and|but|because) )(?:it|they)(?:['’]s|['’]re| is| are)(?: now| already| still)* (?:out for delivery|on (?:its|the|their) way|with the (?:courier|driver)|at the depot|in transit|being (?:sent|processed|returned|investigated|refunded))`,
    String.raw`(?<![\p{L}])(?:has|have|['’]s|['’]ve|was|were|got)(?: been| being)?(?: now| already| just| not)* (?:${PROCESSED}) (?:back )?(?:to|for|with) you(?![\p{L}])`,
    String.raw`(?<![\p{L}])you(?:['’]re| are|['’]d be| would be)? (?:now |not |also )?(?:signed for|qualify|eligible|entitled|owed|in arrears|overdue|getting)(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:we|i) (?:have|hold|see) for you(?![\p{L}])`,
    String.raw`^\W*(?:consider (?:it|that|this) )(?:${PROCESSED})(?![\p{L}])`,
    String.raw`${THEIRS}(?! (?:\p{L}+ )?(?:${WORDS_OF_THEIRS}|house|home|room|flat|dog|cat|place|garden|kitchen)s?(?![\p{L}]))${UP_TO(2)} [\p{L}-]+ (?:left|went out|has(?: got)? (?:the|it|your)|is (?:missing|at the|with the|in transit|being))(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:left to pay|outstanding|overdue|available) on your(?![\p{L}])`,
    String.raw`^\W*(?:(?:all|just|now|already|fully|that['’]?s?|it['’]?s) )*(?:refunded|cancell?ed|dispatched|reimbursed|resent|rebooked|credited)(?![\p{L}])`,
    String.raw`(?<![\p{L}])(?:our (?:records?|system|notes)|the (?:records?|system|tracking)) (?:shows?|says?|has|have)(?![\p{L}])`,
    String.raw`${WE}(?:['’]ve| have)(?: got)? you (?:down|in|on|booked|registered)(?![\p{L}])`,
    String.raw`the (?:courier|driver|bank|warehouse|shop|depot|carrier)(?: has| had| is|['’]s| was| could| did| can)[^.]{0,20} your(?! (?:${WORDS_OF_THEIRS}))`,
  ].join('|'),
  'iu',
)
/** What will become of it. */
const TO_COME = new RegExp(
  [
    String.raw`${THEIRS}(?! (?:\p{L}+ )?(?:${WORDS_OF_THEIRS})s?(?![\p{L}]))${UP_TO(4)} [\p{L}\d'’-]+${WILL} (?:be )?(?:${PROCESSED}|${PROCESSING}|arrive|come|go|reach|with you)(?![\p{L}])`,
    String.raw`${WE}(?:['’]ll| will| won['’]t| can)${SO} (?:${PROCESSING})(?![\p{L}])${OBJECT} (?:${FOR_THEM})`,
    String.raw`${WE}(?:['’]ll| will)${SO}(?=${AT_ONCE})`,
    String.raw`(?<![\p{L}])you(?:['’]ll| will| won['’]t| should)(?: not| then| now)* be (?:${PROCESSED})(?![\p{L}])`,
    String.raw`(?<![\p{L}])you (?:can expect|should (?:see|get|receive|have|hear)|will (?:see|receive|get|have))(?: \p{L}+)? (?:it|your|the (?:money|parcel|refund|order|package|replacement))(?![\p{L}])[^.]*(?:today|tomorrow|tonight|day(?![\p{L}])|week|\d)`,
    String.raw`(?:^\W*|[,;:] |(?<![\p{L}])(?:that|and|but|because) )(?:it|they)(?:['’]ll| will| should)(?: \p{L}+){0,3} (?:delivered|arrive|come|with you|there|dispatched|shipped|sent)(?: \p{L}+){0,2} (?:today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the \d|\d{1,2}(?:st|nd|rd|th)?)`,
    String.raw`${THEIRS}${UP_TO(3)} [\p{L}'’-]+ (?:ships?|arrives?|comes?|leaves?|goes out|is delivered) (?:today|tomorrow|tonight|on (?:mon|tues|wednes|thurs|fri|satur|sun))`,
  ].join('|'),
  'iu',
)

type Compiled = {
  readonly own: RegExp
  readonly dialogOf: (sentence: string) => { readonly id: string; readonly topic: string } | undefined
}
const compiled = new WeakMap<PrivateMatters, Compiled>()

const SKIPPED = new Set(
  'is was were has are a the new old last first latest own for to in on at from with of'.split(' '),
)
/** A share of a dialog's phrases in which its customers call something theirs. */
const OFTEN = 0.3

/** What customers call their own: "my balance". */
const callTheirs = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => {
    const [, ...said] = /(?<![\p{L}])(?:my|our) (\p{L}+)(?: (\p{L}+))?/iu.exec(text.toLowerCase()) ?? []
    return said.filter((word) => word && !SKIPPED.has(word)).slice(0, 1)
  })

function compile(matters: PrivateMatters): Compiled {
  const known = compiled.get(matters)
  if (known) return known
  const often = matters.dialogs.flatMap(({ phrases }) => {
    const theirs = callTheirs(phrases)
    return theirs.filter((word) => theirs.filter((other) => other === word).length >= OFTEN * phrases.length)
  })
  const nouns = [
    ...new Set([...MATTERS.split('|'), ...often, ...matters.rules.flatMap(({ says }) => callTheirs(says))]),
  ]
  const made: Compiled = {
    own: new RegExp(
      String.raw`${THEIRS}${UP_TO(3)} (?:${nouns.join('|')})s?(?![\p{L}])(?: (?:of|for|from|to|with|at|on|dated|number) [^\s,.;]+(?: [^\s,.;]+){0,3}?)?${STATE}${NOT_GENERAL}`,
      'iu',
    ),
    dialogOf: dialogFinder(matters.dialogs),
  }
  compiled.set(matters, made)
  return made
}

const stemsOf = (text: string): string[] => (text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).map((word) => stemmer(word))

/** The dialog whose phrases share most words with a sentence that the others' phrases do not have. */
function dialogFinder(dialogs: PrivateMatters['dialogs']): Compiled['dialogOf'] {
  const shares = dialogs.map(({ phrases }) => {
    const counts = new Map<string, number>()
    for (const phrase of phrases)
      for (const stem of new Set(stemsOf(phrase))) counts.set(stem, (counts.get(stem) ?? 0) + 1 / phrases.length)
    return counts
  })
  const total = (stem: string) => shares.reduce((sum, counts) => sum + (counts.get(stem) ?? 0), 0)
  return (sentence) => {
    const stems = [...new Set(stemsOf(sentence))]
    const scores = shares.map((counts) =>
      stems.reduce((sum, stem) => sum + (counts.has(stem) ? (counts.get(stem) ?? 0) ** 2 / total(stem) : 0), 0),
    )
    const best = Math.max(0, ...scores)
    return best > 0 ? dialogs[scores.indexOf(best)] : undefined
  }
}

/** A sum that is theirs, and not the price of something they may choose. */
const YOURS = /(?<![\p{L}])you(?:r|['’](?:ve|re|ll|d))?(?![\p{L}])/iu
const CHOICE =
  /(?<![\p{L}])(?:you|everyone|everybody)(?:['’]ll| will| just| only| still| also)* (?:can|could|may|might|pay|spend|choose|add|need|buy|save|order|get|win|have to|want|join|sign)(?![\p{L}])|(?<![\p{L}])(?:when|where|whatever|every|each|all|per|for everybody) /iu

type Spoken = Range & { readonly money: boolean; readonly compensation: boolean; readonly said: string }

/** The sentences that tell the customer something of their own. */
function findSpoken(reading: CheckInput, { own }: Compiled): Spoken[] {
  const { text } = reading.view
  const offers = findOffered(text)
  const money = moneyIn(text)
  return Array.from(text.matchAll(SENTENCE)).flatMap(({ 0: sentence, index }): Spoken[] => {
    const said = sentence.trim()
    const range = { start: index + sentence.indexOf(said), end: index + sentence.indexOf(said) + said.length }
    if (isGeneral(reading, range)) return []
    const offered = offers.filter((offer) => isInside(offer, [range]))
    const isOffer = offered.length > 0
    const compensation = offered.some(({ kind }) => kind !== 'refund')
    const moneyBack = MONEY_BACK.test(said)
    const sums = money.filter((sum) => isInside(sum, [range]) && !isPrice(text, sum, range))
    const named =
      sums.length > 0 && YOURS.test(said) && !CHOICE.test(said) && !CONDITION.test(said) && !REQUEST.test(said)
    const conditional = CONDITION.test(said) && !money.some((sum) => isInside(sum, [range]))
    if (isOffer || named || (moneyBack && !conditional && !REQUEST.test(said)))
      return [
        {
          ...range,
          said,
          money: !compensation,
          compensation: compensation || /compensat|goodwill|voucher/iu.test(said),
        },
      ]
    if (conditional || REQUEST.test(said)) return []
    const tells = own.test(said) || DONE.test(said) || (TO_COME.test(said) && !WHENEVER.test(said))
    return tells ? [{ ...range, said, money: false, compensation: false }] : []
  })
}

/** What everybody may read in a source or in a published text. */
function isGeneral({ view, sources, context }: CheckInput, range: Range): boolean {
  const said = view.text.slice(range.start, range.end)
  return isPublished(view.text, range, context.published) || sources.some((source) => source.includes(said))
}

/** The rule that speaks of it most precisely. */
function ruleFor(spoken: Spoken, rules: readonly PrivateMatter[], { dialogOf }: Compiled): PrivateMatter | undefined {
  const dialog = dialogOf(spoken.said)
  return (
    (spoken.compensation ? rules.find(({ compensation }) => compensation) : undefined) ??
    rules.find(({ dialogs }) => dialog !== undefined && dialogs.includes(dialog.id)) ??
    rules.find(({ topics }) => dialog !== undefined && topics.includes(dialog.topic)) ??
    (spoken.money ? rules.find(({ compensation }) => compensation) : undefined) ??
    rules.find(({ own }) => own)
  )
}

export const checkPrivateMatters: Check = (reading) => {
  const { privateMatters, channel, today } = reading.context
  if (reading.audience === 'private' || !privateMatters) return []
  const rules = privateMatters.rules.filter(
    ({ channels, from, until }) =>
      (!channels || channel === undefined || channels.includes(channel)) &&
      (today === undefined || ((from ?? today) <= today && today <= (until ?? today))),
  )
  if (rules.length === 0) return []
  const words = compile(privateMatters)
  return findSpoken(reading, words).flatMap((spoken) => {
    const found = ruleFor(spoken, rules, words)
    if (!found) return []
    const because = `${found.because.replace(/[.\s]+$/, '')}; say it in private`
    return [findingAt(reading, spoken, { rule: found.rule, because, absolute: !found.overridable })]
  })
}
