// Incidents: something that many customers write about at once, with one approved statement.
import { z } from 'zod'
import type { Rule } from './rule.ts'

const words = z.array(z.string().min(1)).min(1).optional()

export const incident = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by dashes, such as `courier-strike`'),
    /** While false nobody hears of it. */
    active: z.boolean(),
    because: z.string().min(8),
    /** What everybody is told. */
    statement: z.string().min(1),
    /** A turn is about it that has one of the words, or whose topic or best article is one of these. */
    words,
    topics: words,
    articles: words,
    channels: z.array(z.string()).optional(),
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
    /** What customers say that is about it, and what is not; tried whether it is active or not. */
    examples: z.strictObject({ about: z.array(z.string()).min(1), not: z.array(z.string()).min(1) }),
  })
  .refine(
    ({ words: own, topics, articles }) => own ?? topics ?? articles,
    'expected `words`, `topics` or `articles`: what is it about?',
  )
export type Incident = z.infer<typeof incident>

/** What a turn says, as far as incidents go. */
export type IncidentTopic = { readonly text: string; readonly topic: string; readonly article: string }

const plain = (text: string) =>
  ` ${text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

export function isAbout({ words: own, topics, articles }: Incident, { text, topic, article }: IncidentTopic): boolean {
  const said = plain(text)
  return (
    (own?.some((word) => said.includes(plain(word))) ?? false) ||
    (topics?.includes(topic) ?? false) ||
    (articles?.includes(article) ?? false)
  )
}

/** The fact `incident`: the first one under way on `today` that the turn is about, or `none`. */
export function incidentOf(incidents: readonly Incident[], heard: IncidentTopic, today: string): string {
  const found = incidents.find(
    (one) => one.active && (one.from ?? today) <= today && today <= (one.until ?? today) && isAbout(one, heard),
  )
  return found?.id ?? 'none'
}

/** The rule that says its statement. A form that is open goes on, and whoever asks us a third time is not told it again. */
export function ruleOfIncident({ id, active, because, statement, channels, from, until }: Incident): Rule {
  return {
    id: `incident.${id}`,
    when: { incident: id, directed: true, form: false, contacts: { below: 3 } },
    then: 'acknowledge',
    say: statement,
    // Before other words of comfort: while it lasts we speak with one voice.
    priority: 'high',
    because,
    ...(channels ? { channels } : {}),
    ...(active && from ? { from } : {}),
    ...(active && until ? { until } : {}),
  }
}
