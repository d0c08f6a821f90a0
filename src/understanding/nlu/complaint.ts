// Classifies complaints (none, rant, minor, major) and rates urgency, by rules.
// Major goes to a person; a rant names nothing we could help with; minor is something in particular.
import type { Complaint, Signal } from '#domain'
import { isCross } from './sentiment.ts'

/** Signals that make a turn a major matter by themselves. */
export const MAJOR: readonly Signal[] = [
  'self-harm',
  'safety',
  'medical',
  'threat',
  'fraud',
  'account-takeover',
  'legal-threat',
  'press',
  'chargeback',
  'discrimination',
  'minor',
  'repeat-contact',
]

const BREACH =
  /\b(?:looked up|passed on|posted|published) my (?:\p{L}+ )?(?:address|number|details|name|data)\b|\b(?:shared|gave|given|sold) my (?:\p{L}+ )?(?:number|address|email|e-mail|phone)\b|\b(?:shows?|showing|has|have|with|on|of|see) (?:someone else'?s|another customer'?s|somebody else'?s) (?:\p{L}+ )?(?:card|address|name|details|number|invoice)\b|\bdata (?:breach|leak)\b|\b(?:leaked|exposed|sold|shared|gave (?:out|away)) (?:all )?(?:of )?(?:my|our|customers?'?|people'?s) (?:personal |private )?(?:data|details|information|info|address|number|records)\b|\bmy (?:personal |private )?(?:data|details|information|info) (?:was|were|has been|have been|got) (?:leaked|exposed|stolen|sold|shared|breached)\b|\b(?:can see|could see|shows?|showing|got|received|sent me|given|see) (?:me )?(?:someone else'?s|another customer'?s|other people'?s|somebody else'?s) (?:personal |order |account |private )?(?:data|details|information|info|order|account|address|invoice|name|email)\b/iu

/** Something of a customer's dealings with a brand that can be looked up or explained. */
export const THING =
  /\b(?:orders?|parcels?|packages?|deliver(?:y|ies|ed)|shipments?|shipping|couriers?|drivers?|items?|products?|size|sizes|refunds?|returns?|returned|exchange|replacement|payments?|paid|charged?|overcharged|fees?|invoices?|bills?|billing|receipts?|prices?|discounts?|vouchers?|coupons?|promo|codes?|gift ?cards?|credits?|points|rewards|subscriptions?|membership|accounts?|passwords?|log ?in|sign ?in|app|website|site|checkout|basket|cart|cards?|atm|transfers?|transactions?|balance|statement|flights?|seats?|bags?|luggage|baggage|bookings?|reservations?|tickets?|boarding|gate|hotel|rooms?|appointments?|warranty|repairs?|emails?|tracking|store|shop|phones?|shoes?|boots|dress|shirt|jacket|jeans|coat|laptop|screen|battery|charger|router|internet|wifi|wi-fi|broadband|signal|network|connection|outage|meal|food|pizza|coffee|agent on|call(?:ed)? (?:you|your|support)|on hold)\b/i

/** Something has gone wrong, said without any anger. */
export const TROUBLE =
  /\b(?:(?:has|have|had|did|does|do|is|are|was|were)(?: ?n[o']t| not|nt)(?: \p{L}+)? (?:arriv|com|work|receiv|turn|ship|deliver|load|show|open|respond|refund|been)\p{L}*|never (?:arrived|came|received|got|showed|worked|delivered|shipped)|not (?:working|arrived|received|delivered|received|what i (?:ordered|paid))|(?:arrived|came|is|was|were|are|got|been|looks?) (?:\p{L}+ )?(?:broken|damaged|defective|faulty|smashed|cracked|torn|ripped|late|delayed|cancell?ed|missing|lost|wrong|stolen|empty|open|opened|used|dirty|scratched|leaking|expired|down)|wrong (?:item|size|colou?r|order|address|product|amount|one|price|name)|(?:charged|billed|debited) (?:me )?(?:twice|double|two times|the wrong|too much|again)|double charged|overcharged|keeps? (?:crashing|freezing|failing|logging|saying|declining|stopping|disconnecting)|(?:crashes|crashed|freezes|broke|stopped working|fell apart|falling apart|doesn'?t fit|still waiting|missing (?:item|items|parts?|from)|poor quality|on hold for|been on hold|hung up on|lost (?:my|our|his|her) \p{L}+|(?:waiting|waited|on hold|delayed|delay of|wait of)(?: \p{L}+)? (?:over |more than |almost |about )?(?:\d+|an?|two|three|four|five|six|several)\+? ?(?:hours?|hrs?|h|minutes?|mins?|days?|weeks?|months?)|can(?:'?t|not) get (?:through|hold)|no (?:response|reply|answer|help|explanation|refund) (?:from|to|at|yet|for|after|so far)|nobody (?:helps?|helped|cares?|knows)))\b/iu

/** So much that goes wrong in one message is a complaint without one angry word. */
const BITTER = -0.6

export type ComplaintInput = {
  readonly text: string
  readonly signals: readonly Signal[]
  readonly sentiment: number
  /** It speaks of a thing we know how to help with, or names an order. */
  readonly isSpecific: boolean
  /** It has a signal that the brand takes for grave. */
  readonly isGrave?: boolean
}

export function classifyComplaint({ text, signals, sentiment, isSpecific, isGrave }: ComplaintInput): Complaint {
  if (isGrave || signals.some((signal) => MAJOR.includes(signal)) || BREACH.test(text)) return 'major'
  const asks = signals.includes('question')
  const isTrouble = TROUBLE.test(text)
  const isSour =
    (isCross(text) && sentiment < -0.1) ||
    (sentiment < BITTER && !asks) ||
    signals.includes('sarcasm') ||
    signals.includes('abuse')
  // "Why does my transfer not show?" asks; it does not yet complain. "My transfer does not show" does.
  if (!isSour) return isTrouble && !asks && sentiment < 0.2 ? 'minor' : 'none'
  return isSpecific || isTrouble || asks || THING.test(text) ? 'minor' : 'rant'
}

const AT_ONCE =
  /\b(?:urgent(?:ly)?|emergency|asap|a\.s\.a\.p|immediately|right (?:now|away)|at once|straight away|as soon as possible|time[- ]sensitive|stranded|locked out|help me (?:now|please)|please hurry|hurry|desperate(?:ly)?|sos|need (?:it|this|help|them|my \p{L}+) (?:now|today|tonight|by))\b/iu
const SOON =
  /\b(?:today|tonight|this (?:morning|afternoon|evening)|tomorrow|in (?:an|one|two|three|\d+) (?:hours?|minutes?|mins?|hrs?)|before (?:\p{L}+day|tonight|tomorrow|noon|the weekend)|by (?:\p{L}+day|tonight|tomorrow|noon|end of)|deadline|wedding|funeral|birthday|leav(?:e|es|ing) (?:in|on|today|tomorrow|tonight)|last minute|running out of time|stuck|waiting at|quickly)\b/iu
/** Somebody may come to harm: whoever says it is heard, whatever it sounds like. */
export const GRAVE: readonly Signal[] = ['self-harm', 'safety', 'medical', 'threat']
const COSTLY: readonly Signal[] = ['fraud', 'account-takeover', 'minor', 'discrimination', 'press']

/** From 0 (whenever you like) to 1 (somebody may come to harm). */
export function rateUrgency(
  { text, signals, sentiment }: Pick<ComplaintInput, 'text' | 'signals' | 'sentiment'>,
  complaint: Complaint,
): number {
  if (signals.some((signal) => GRAVE.includes(signal))) return 1
  let urgency = 0.2
  if (signals.some((signal) => COSTLY.includes(signal)) || BREACH.test(text)) urgency += 0.6
  else if (signals.some((signal) => MAJOR.includes(signal))) urgency += 0.3
  // Learnt to be grave; nobody knows how.
  else if (complaint === 'major') urgency += 0.6
  // Somebody waits for something of theirs to be put right.
  if (complaint === 'minor') urgency += 0.2
  if (AT_ONCE.test(text)) urgency += 0.5
  if (SOON.test(text)) urgency += 0.2
  if (/!{2,}/.test(text)) urgency += 0.05
  if (sentiment < -0.5) urgency += 0.1
  if (signals.includes('praise')) urgency -= 0.2
  return Math.round(100 * Math.min(1, Math.max(0, urgency))) / 100
}
