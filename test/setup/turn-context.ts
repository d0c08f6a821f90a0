// A turn's context without engines, networks or Redis: nothing is found, nothing is looked up, ids count up.
import type { Content } from '#content'
import { CAPABILITIES, type Understanding } from '#domain'
import { compile } from '#policy'
import type { TurnContext } from '#turn'

/** `understanding`: what every message is heard as. `more` takes the place of what is given here. */
export function turnContextOf(
  content: Content,
  now: number,
  understanding: Understanding,
  more: Partial<TurnContext> = {},
): TurnContext {
  let made = 0
  return {
    content,
    rules: compile(content.rules, content.version),
    understand: async () => understanding,
    answer: {
      find: async () => ({ ranking: [], confidence: 0, by: 'lexical' }),
      compose: async () => ({ outcome: 'abstained', because: 'nothing is known', confidence: 0 }),
      suggest: async () => [],
    },
    lookUp: async () => ({ state: 'not-found' }),
    law: (channel) => CAPABILITIES[channel],
    nextTicketId: async () => 'T1',
    approach: async () => 'granted',
    load: async () => 'normal',
    keys: [],
    recognise: async () => [],
    newId: () => `e${++made}`,
    now: () => now,
    ...more,
  }
}
