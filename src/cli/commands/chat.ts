// `chat`: a conversation with the bot in a terminal; nothing is sent and nothing is kept.
import { createInterface } from 'node:readline'
import type { Audience } from '#domain'
import { openSimulatedConversation } from '#releases/simulator'
import { CONTENT, type Command, optionOf } from '../command.ts'
import { WrongUse } from '../json-lines.ts'
import { contentDir, openLocalEngine } from '../local-engine.ts'

export const chat: Command = {
  usage: 'chat [--audience public|private] [--content DIR]',
  does: 'Talks with the bot: a line is a message. `/public` and `/private` say who can read the next ones.',
  options: { ...CONTENT, audience: { type: 'string' } },
  async run(args, io) {
    const asked = optionOf(args, 'audience') ?? 'private'
    if (!isAudience(asked)) throw new WrongUse(`\`--audience\`: expected public or private, not \`${asked}\``)
    let audience: Audience = asked
    const engine = await openLocalEngine(contentDir(args, io), io)
    try {
      const { assistant } = engine.content.brand
      const talk = openSimulatedConversation(engine.context)
      io.errors.write(`${assistant}, ${audience}; /public, /private or Ctrl-D\n> `)
      for await (const line of createInterface({ input: io.input })) {
        const text = line.trim()
        const command = text.slice(1)
        if (text.startsWith('/') && isAudience(command)) audience = command
        else if (text !== '') {
          const { outcome, reasons, drafts } = await talk.hear(text, audience)
          for (const draft of drafts) io.output.write(`${draft.audience}: ${draft.text}\n`)
          io.errors.write(`  (${outcome}; ${reasons.map(({ rule, because }) => `${rule}: ${because}`).join('; ')})\n`)
        }
        io.errors.write('> ')
      }
      io.errors.write('\n')
      return 0
    } finally {
      await engine.close()
    }
  },
}

function isAudience(word: string): word is Audience {
  return word === 'public' || word === 'private'
}
