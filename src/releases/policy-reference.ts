// Reference of what a policy may say, for completion and help in the editor.
import type { Content } from '#content'
import { CHANNELS } from '#domain'
import {
  FACTS,
  type FactDefinition,
  type FactReference,
  factReference,
  type Rule,
  rule,
  SAYINGS,
  VERDICTS,
  type Verdict,
} from '#policy'

const VERDICT_MEANS: Record<Verdict, string> = {
  answer: 'answer from the articles, or with the dialog that is wanted',
  acknowledge: 'thank, and say nothing more',
  ask: 'ask back before anything is done',
  'move-to-private': 'invite the customer to a private conversation',
  ignore: 'say nothing, on purpose',
  moderate: 'hide the post for breaking a published community rule',
  escalate: 'a person takes over',
}

const KEY_MEANS: Partial<Record<keyof Rule, string>> = {
  id: 'its name, such as `refunds.small`; decisions are recorded with it',
  when: 'the facts that all have to fit',
  then: 'the verdict; of all rules that fit, the most cautious one decides',
  because: 'why, in a sentence that an agent can read',
  owner: 'who answers for this rule',
  say: 'a saying of brand.yaml, or a text of its own, said when this rule decides',
  'say-first': 'the same, said first in the message where the words of another rule are said',
  team: 'for `escalate`: the team that gets the ticket',
  skills: 'for `escalate`: what whoever takes it has to know',
  priority: 'for `escalate`: how soon the ticket is due',
  'community-rule': 'for `moderate`: the published rule that the post breaks',
  channels: 'the networks on which it holds; absent: on all',
  from: 'the first day on which it holds, such as 2026-11-22',
  until: 'the last day on which it holds',
}

export type PolicyReference = {
  readonly facts: readonly (FactReference & { readonly kind: string; readonly options?: readonly string[] })[]
  readonly verdicts: readonly { readonly verdict: Verdict; readonly means: string }[]
  readonly sayings: readonly { readonly name: string; readonly means: string }[]
  readonly keys: readonly { readonly key: string; readonly means: string }[]
} & Readonly<Record<'intents' | 'topics' | 'articles' | 'channels' | 'teams', readonly string[]>>

export function policyReference({ dialogs, articles, rules, signals }: Content): PolicyReference {
  const sorted = (words: readonly (string | undefined)[]) =>
    [...new Set(words.flatMap((word) => word ?? []))].sort((one, other) => one.localeCompare(other))
  const intents = sorted(dialogs.map(({ id }) => id))
  const topics = sorted([...dialogs, ...articles].map(({ topic }) => topic))
  const ids = sorted(articles.map(({ id }) => id))
  const fromContent: Readonly<Record<string, readonly string[]>> = { intent: intents, topic: topics, article: ids }
  return {
    facts: factReference().map((help) => {
      const definition: FactDefinition = FACTS[help.fact as keyof typeof FACTS]
      const own = fromContent[help.fact]
      const taught = help.fact === 'signals' ? signals.map(({ id }) => id) : []
      const options = 'values' in definition ? [...new Set([...definition.values, ...taught])] : own && [...own, 'none']
      return { ...help, kind: definition.kind, ...(options ? { options } : {}) }
    }),
    verdicts: VERDICTS.map((verdict) => ({ verdict, means: VERDICT_MEANS[verdict] })),
    sayings: Object.entries(SAYINGS).map(([name, means]) => ({ name, means })),
    keys: (Object.keys(rule.shape) as (keyof Rule)[]).map((key) => ({ key, means: KEY_MEANS[key] ?? '' })),
    intents,
    topics,
    articles: ids,
    channels: CHANNELS,
    teams: sorted(rules.map(({ team }) => team)),
  }
}
