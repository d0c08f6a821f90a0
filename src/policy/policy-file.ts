// The schema of a file in `policies/`.
import { z } from 'zod'
import { incident } from './incident.ts'
import { example, message, rule } from './rule.ts'
import { savedReply } from './saved-reply.ts'
import { taughtSignal } from './taught-signal.ts'

/** One file of `policies/`: one topic. */
export const policyFile = z
  .strictObject({
    topic: z.string(),
    owner: z.string(),
    rules: z.array(rule).default([]),
    incidents: z.array(incident).default([]),
    examples: z.array(example).default([]),
    messages: z.array(message).default([]),
    signals: z.array(taughtSignal).default([]),
    'saved-replies': z.array(savedReply).default([]),
  })
  .superRefine(({ rules, examples, messages, signals, 'saved-replies': replies }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (rules.length + messages.length + signals.length + replies.length === 0)
      say('rules', 'expected at least one rule, or `messages`, `signals` or `saved-replies`')
    if (rules.length > 0 && examples.length === 0) say('examples', 'expected at least one example of the rules')
  })
