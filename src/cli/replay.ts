// `replay`: what another content would have done with recorded turns.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { CHANNELS, COMPLAINTS, type Fact, SIGNALS } from '#conversation'
import type { Mind } from '#turn'
import { type Command, optionOf } from './command.ts'
import { readLines, WrongUse, writeLine } from './lines.ts'
import { customerOn, openTalk } from './talk.ts'
import { contentDir, openContent, openWorkshop } from './workshop.ts'

/** One recorded turn. Of `facts`, those stand that were understood or known then; the others follow from the content. */
const turn = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  audience: z.enum(['public', 'private']),
  channel: z.enum(CHANNELS).default('playground'),
  facts: z
    .object({
      intent: z.string(),
      complaint: z.enum(COMPLAINTS),
      sentiment: z.number(),
      urgency: z.number(),
      language: z.string(),
      signals: z.array(z.enum(SIGNALS)),
      'wants-human': z.boolean(),
      reach: z.number(),
      contacts: z.number(),
      failures: z.number(),
      strikes: z.number(),
      'order-number': z.string(),
      amount: z.number(),
    })
    .partial()
    .default({}),
})
type Turn = z.infer<typeof turn>

type Ending = { readonly outcome: string; readonly rule: string; readonly replies: readonly string[] }

export const replay: Command = {
  usage: 'replay --content DIR --from FILE [--against DIR] [--json]',
  does: 'Which outcomes and replies of recorded turns the content in DIR would change, side by side.',
  options: {
    content: { type: 'string' },
    from: { type: 'string' },
    against: { type: 'string' },
    last: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(given, io) {
    if (optionOf(given, 'last') !== undefined)
      throw new WrongUse(
        'the last turns are kept by the running service; its console replays them. Here, give `--from FILE`',
      )
    const draft = optionOf(given, 'content')
    const file = optionOf(given, 'from')
    if (draft === undefined || file === undefined) throw new WrongUse('`--content DIR` and `--from FILE` are needed')
    const text = await readFile(file, 'utf8').catch(() => {
      throw new WrongUse(`\`${file}\` cannot be read`)
    })
    const turns = readLines(file, text, turn)
    const { content } = await openContent(draft)
    const shop = await openWorkshop(optionOf(given, 'against') ?? contentDir({ ...given, options: {} }, io), io)
    try {
      const other = await shop.with(content)
      let changed = 0
      for (const one of turns) {
        const [before, after] = await Promise.all([endOf(shop.mind, one), endOf(other, one)])
        const differs = before.outcome !== after.outcome || before.replies.join('\n') !== after.replies.join('\n')
        if (differs) changed += 1
        if (given.options.json) await writeLine(io.output, { id: one.id, changed: differs, before, after })
        else if (differs) io.output.write(sideBySide(one, before, after))
      }
      io.errors.write(
        `${changed} of ${turns.length} turns would change (${shop.content.version} -> ${content.version})\n`,
      )
      return changed > 0 ? 1 : 0
    } finally {
      await shop.close()
    }
  },
}

/** How a turn ends under one content: heard as it was recorded, by the very turn of the service. */
async function endOf(mind: Mind, { text, audience, channel, facts }: Turn): Promise<Ending> {
  const then: Mind = {
    ...mind,
    understand: async (heard) => ({
      ...(await mind.understand(heard)),
      ...known(
        { ...facts, intentConfidence: facts.intent === undefined ? undefined : 1, wantsHuman: facts['wants-human'] },
        ['intent', 'intentConfidence', 'complaint', 'sentiment', 'urgency', 'language', 'signals', 'wantsHuman'],
      ),
    }),
  }
  const before = {
    customer: { ...customerOn(channel), ...known(facts, ['reach']) },
    turns: (facts.contacts ?? 1) - 1,
    ...known(facts, ['failures', 'strikes']),
    facts: (['order-number', 'amount'] as const).flatMap((name): Fact[] =>
      facts[name] === undefined ? [] : [{ name, value: String(facts[name]), audience: 'private' }],
    ),
  }
  const { outcome, reasons, drafts } = await openTalk(then, channel, before).hear(text, audience)
  return { outcome, rule: reasons[0]?.rule ?? 'no-rule', replies: drafts.map((draft) => draft.text) }
}

/** The named entries that have a value. */
function known<T extends object, N extends keyof T>(from: T, names: readonly N[]): Partial<Pick<T, N>> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))) as Partial<
    Pick<T, N>
  >
}

function sideBySide({ id, text }: Turn, before: Ending, after: Ending): string {
  const end = ({ outcome, rule, replies }: Ending) =>
    `${outcome} because of ${rule}${replies.map((reply) => `\n          “${reply}”`).join('')}`
  return `${id}: “${text}”\n  before: ${end(before)}\n  after:  ${end(after)}\n`
}
