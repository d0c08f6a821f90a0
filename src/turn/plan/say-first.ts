// Adds to a plan what a rule says whatever another rule decides, such as that a public post shows private data.
import { textLength } from '#lib'
import { type Decision, introductionOf } from '#policy'
import type { TurnInput } from '../context.ts'
import { ruleReply } from './canned-replies.ts'
import { joinDrafts, type Plan } from './escalation.ts'

/** In one message with what is said there anyway, as some networks take one reply; where both do not fit, help in danger is said alone. */
export function withSayFirst(input: TurnInput, plan: Plan, { sayFirst, priority }: Decision): Plan {
  const { audience, law, current, content } = input
  // A post that we hide shows nothing any more.
  if (sayFirst === undefined || plan.outcome === 'moderated') return plan
  const first = ruleReply(input, sayFirst)
  const place = plan.drafts.findIndex((draft) => draft.audience === audience)
  const there = plan.drafts[place]
  if (!there)
    return {
      ...plan,
      outcome: plan.outcome === 'ignored' ? 'acknowledged' : plan.outcome,
      drafts: [first, ...plan.drafts],
    }
  const joined = { ...there, ...joinDrafts([first, there], ' ') }
  const room = law[audience]
  const opening = introductionOf(content.brand, audience, current.introduced ?? []) ?? ''
  const fits = !room || textLength(`${opening} ${joined.text}`, room.unit) <= room.limit
  const said = fits ? joined : priority === 'urgent' ? there : { ...there, ...first }
  return { ...plan, drafts: plan.drafts.with(place, said) }
}
