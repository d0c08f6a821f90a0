// Commands that answer each line of JSON with a line: understand, ask, decide, gate, redact, parse.
import { z } from 'zod'
import { parseWebhook } from '#channels'
import { gateContextOf } from '#content'
import { CAPABILITIES, CHANNELS, type ChannelEvent } from '#domain'
import { checkReply } from '#gate'
import { decide, localDate } from '#policy'
import { redact as redactText } from '#privacy'
import { CONTENT, type Command, JSON_LINES } from '../command.ts'
import { eachLine, facts } from '../json-lines.ts'
import { contentDir, openContent, openLocalEngine } from '../local-engine.ts'

const audience = z.enum(['public', 'private'])
/** A network that has no channel of ours is treated as one of which nothing is known. */
const channel = z.string().transform((name) => CHANNELS.find((known) => known === name))
const said = z.union([
  z.string().transform((text) => ({ authorKind: 'customer' as const, text })),
  z.object({
    authorKind: z.enum(['customer', 'bystander', 'bot', 'agent', 'brand']).default('customer'),
    text: z.string(),
  }),
])

/** A text that everybody may read, or one that says who may. */
const source = z.union([
  z.string().transform((text) => ({ text, audience: 'public' as const })),
  z.object({ text: z.string(), audience }),
])

const exitCode = (bad: number) => (bad > 0 ? 1 : 0)

const understand: Command = {
  usage: 'understand --json [--content DIR]',
  does: 'What each {"id", "text", "audience"?, "channel"?, "history"?} says: intent, complaint, mood, signals, private data.',
  options: { ...JSON_LINES, ...CONTENT },
  async run(args, io) {
    const line = z.object({
      text: z.string(),
      audience: audience.default('public'),
      channel: channel.optional(),
      history: z.array(said).default([]),
    })
    const engine = await openLocalEngine(contentDir(args, io), io)
    try {
      return exitCode(
        await eachLine(io, line, ({ channel: name = 'playground', ...heard }) =>
          engine.context.understand({ ...heard, channel: name }),
        ),
      )
    } finally {
      await engine.close()
    }
  },
}

const ask: Command = {
  usage: 'ask --json [--content DIR]',
  does: 'What the articles answer to each {"id", "text", "audience"?}, or that they do not.',
  options: { ...JSON_LINES, ...CONTENT },
  async run(args, io) {
    const line = z.object({ text: z.string(), audience: audience.default('public'), channel: channel.optional() })
    const engine = await openLocalEngine(contentDir(args, io), io)
    try {
      return exitCode(
        await eachLine(io, line, async ({ text, audience: who, channel: name }) => {
          const question = { text, audience: who, ...(name && { channel: name, law: CAPABILITIES[name][who] }) }
          const finding = await engine.context.answer.find(question)
          const answered = await engine.context.answer.compose(question, finding)
          return {
            outcome: answered.outcome,
            article: answered.outcome === 'answered' ? answered.article : null,
            text: answered.outcome === 'answered' ? answered.text : null,
            confidence: answered.confidence,
            ranking: finding.ranking,
          }
        }),
      )
    } finally {
      await engine.close()
    }
  },
}

const decideCommand: Command = {
  usage: 'decide --json [--content DIR]',
  does: 'What the policies decide on the facts of each {"id", "facts"}, and why.',
  options: { ...JSON_LINES, ...CONTENT },
  async run(args, io) {
    const { content } = await openContent(contentDir(args, io))
    const today = localDate(content.brand, Date.now())
    return exitCode(
      await eachLine(io, z.object({ facts }), ({ facts: known }) => {
        const { verdict, reasons, version } = decide(content, known, { today })
        return { verdict, reasons: reasons.map((reason) => ({ ...reason, doubts: reason.doubts ?? [] })), version }
      }),
    )
  },
}

const gate: Command = {
  usage: 'gate --json [--content DIR]',
  does: 'Whether each {"id", "text", "audience", "author", "channel"?, "sources"?} may be said, and what speaks against it.',
  options: { ...JSON_LINES, ...CONTENT },
  async run(args, io) {
    const line = z.object({
      text: z.string(),
      audience,
      author: z.enum(['bot', 'agent']),
      channel: channel.optional(),
      sources: z.array(source).default([]),
    })
    const { content } = await openContent(contentDir(args, io))
    return exitCode(
      await eachLine(io, line, ({ channel: name, ...draft }) => {
        const law = name && CAPABILITIES[name][draft.audience]
        const { verdict, findings } = checkReply(draft, {
          known: [],
          ...gateContextOf(content),
          ...(name && { channel: name }),
          ...(law && { law }),
        })
        return { verdict, findings: findings.map(({ rule, start, end, absolute }) => ({ rule, start, end, absolute })) }
      }),
    )
  },
}

const redact: Command = {
  usage: 'redact --json',
  does: 'Each {"id", "text"} with its private data masked, and where it was.',
  options: JSON_LINES,
  async run(_given, io) {
    return exitCode(await eachLine(io, z.object({ text: z.string() }), ({ text }) => redactText(text)))
  },
}

const parse: Command = {
  usage: 'parse --json',
  does: 'What each webhook body {"id", "channel", "body"} says, in our words.',
  options: JSON_LINES,
  async run(_given, io) {
    const line = z.object({ channel: z.string(), body: z.unknown() })
    return exitCode(
      await eachLine(io, line, ({ channel: name, body }) => ({ events: parseWebhook(name, body).map(eventInShort) })),
    )
  },
}

function eventInShort(event: ChannelEvent): object {
  const { kind, own } = event
  if (event.kind === 'message') {
    const { conversation, text } = event.message
    return { kind, audience: conversation.audience, own, text }
  }
  if (event.kind === 'edit') return { kind, audience: event.audience, own, text: event.text }
  if (event.kind === 'delete') return { kind, audience: event.audience, own }
  return { kind, own }
}

export const lineCommands: Readonly<Record<string, Command>> = {
  understand,
  ask,
  decide: decideCommand,
  gate,
  redact,
  parse,
}
