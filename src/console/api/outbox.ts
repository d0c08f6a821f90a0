// Endpoints of the outbox: list, read, retry and drop dead letters.
import { maskedSpans } from '#handoff'
import { ProblemError } from '#http'
import { type DeadLetter, type DeadLetters, RETRIED } from '#outbox/dead-letters'
import { type Endpoint, endpoint } from '../endpoint.ts'
import * as shape from './common.schema.ts'

const shown = ({ since, ...held }: DeadLetter) => ({ ...held, since: new Date(since).toISOString() })

export function outboxEndpoints(stuck: DeadLetters): Endpoint[] {
  async function refuse(id: string): Promise<never> {
    const held = await stuck.read(id)
    throw held
      ? new ProblemError(409, 'it is on its way: only what is stuck can be tried again or given up')
      : new ProblemError(404, `nothing that is stuck has the id \`${id}\``)
  }
  return [
    endpoint({
      method: 'get',
      path: '/api/outbox',
      does: 'What is stuck on its way to customers, newest first, and what is slow. Without anybody’s words.',
      access: 'leads',
      answer: shape.outbox,
      run: async () => ({ effects: (await stuck.list()).map(shown) }),
    }),
    endpoint({
      method: 'get',
      path: '/api/outbox/:id',
      does: 'One of them, with its words.',
      access: 'leads',
      problems: [404],
      answer: shape.held,
      run: async ({ params }) => {
        const held = await stuck.read(params.id ?? '')
        if (!held) return refuse(params.id ?? '')
        const { privateData, ...rest } = held
        return { ...shown(rest), private: maskedSpans(held.text ?? '', privateData) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/outbox/:id/retry',
      does: 'Tries it again. What is in doubt may have arrived. `suppressed`: a person has taken over since, and the bot’s words are not sent.',
      access: 'leads',
      problems: [404, 409],
      answer: shape.outboxStep,
      run: async ({ params, account }) => {
        const done = await stuck.retry(params.id ?? '', account.email)
        return done === 'not' ? refuse(params.id ?? '') : { done, because: RETRIED[done] }
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/outbox/:id/drop',
      does: 'Gives it up for good; its words are forgotten here.',
      access: 'leads',
      problems: [404, 409],
      answer: shape.outboxStep,
      run: async ({ params, account }) =>
        (await stuck.drop(params.id ?? '', account.email))
          ? { done: 'dropped' as const, because: 'it is given up' }
          : refuse(params.id ?? ''),
    }),
  ]
}
