// The gate: runs every check on an outgoing reply and passes or blocks it.
// INVARIANT: PublicText and PrivateText are made here alone.
import type { PrivateText, PublicText, ReplyDraft } from '#domain'
import { textLength } from '#lib'
import { type Check, type CheckInput, checkInputOf } from './check-input.ts'
import { checkKnownValues, checkOthersValues } from './checks/customer-data.ts'
import { checkEncoded } from './checks/encoded-text.ts'
import { checkKeys, checkOthersWords, checkPrompts } from './checks/leaks.ts'
import { checkLinks } from './checks/links.ts'
import { checkOtherCustomersData } from './checks/other-customers-data.ts'
import { checkPrivateData } from './checks/private-data.ts'
import { checkPrivateMatters } from './checks/private-matters.ts'
import { checkHarmless, checkSecrets } from './checks/private-sources.ts'
import {
  checkAvoided,
  checkInternals,
  checkProfanity,
  checkSexual,
  checkUnfilled,
} from './checks/profanity-and-brand.ts'
import { checkPromises } from './checks/promises.ts'
import { checkAdvice } from './checks/regulated-advice.ts'
import { checkReplyLanguage } from './checks/reply-language.ts'
import { checkDigits, checkUngroundedClaims } from './checks/ungrounded-claims.ts'
import type { GateContext, GateFinding, GateVerdict } from './types.ts'

const UNITS = { characters: 'characters', bytes: 'bytes', 'x-weighted': 'characters as X counts them' }

const checkSize: Check = ({ text, context: { law } }) => {
  const rest = { start: 0, end: text.length, absolute: true }
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) {
    return [{ ...rest, rule: 'empty', because: 'there is nothing to read in this; write something' }]
  }
  if (!law) return []
  const length = textLength(text, law.unit)
  if (length <= law.limit) return []
  const because = `it has ${length} ${UNITS[law.unit]} and the channel takes ${law.limit}; shorten it by ${length - law.limit}`
  return [{ ...rest, rule: 'length', because }]
}

const CHECKS: readonly Check[] = [
  checkSize,
  checkPrivateData,
  checkKnownValues,
  checkOthersValues,
  checkOthersWords,
  checkOtherCustomersData,
  checkPrivateMatters,
  checkHarmless,
  checkSecrets,
  checkEncoded,
  checkLinks,
  checkProfanity,
  checkSexual,
  checkAdvice,
  checkPromises,
  checkReplyLanguage,
  checkPrompts,
  checkKeys,
  checkInternals,
  checkUnfilled,
  checkAvoided,
  checkDigits,
  checkUngroundedClaims,
]

/** What to say of the same characters once: what cannot be overridden stands before what can. */
function sortFindings(findings: GateFinding[]): GateFinding[] {
  const absolute = findings.filter((finding) => finding.absolute)
  return findings
    .filter((finding) => {
      const general = finding.rule === 'digits' || finding.rule === 'ungrounded'
      return !general || !absolute.some(({ start, end }) => finding.start >= start && finding.end <= end)
    })
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : 1))
}

function inspect(reading: CheckInput): GateFinding[] {
  return sortFindings(CHECKS.flatMap((check) => check(reading)))
}

/** Whether the draft may be sent, and what is wrong with it. What cannot be checked is not sent. */
export function checkReply(draft: ReplyDraft, context: GateContext): GateVerdict {
  const audience = draft.audience === 'private' ? 'private' : 'public'
  let findings: GateFinding[]
  try {
    findings = inspect(checkInputOf(draft, context))
  } catch {
    const because = 'the gate could not read this text, so nobody gets it; a person has to look'
    return {
      verdict: 'block',
      audience,
      findings: [{ rule: 'gate-failed', because, start: 0, end: 0, absolute: true }],
    }
  }
  const overrides = draft.author === 'agent' && (context.override ?? '').trim() !== ''
  if (findings.some(({ absolute }) => absolute || !overrides)) return { verdict: 'block', audience, findings }
  return audience === 'public'
    ? { verdict: 'pass', audience, text: draft.text as PublicText, findings }
    : { verdict: 'pass', audience, text: draft.text as PrivateText, findings }
}
