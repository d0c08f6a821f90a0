// Metrics for /metrics. Labels are closed vocabularies: never a customer, a text or an address.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ChannelEvent, ChannelName, Outcome, SendOutcome } from '#domain'
import type { ModelCallOutcome, Tokens } from '#understanding/models'

export type Metrics = {
  readonly registry: Registry
  received(channel: ChannelName, events: readonly ChannelEvent[], seconds: number): void
  turn(outcome: Outcome, seconds: number): void
  failed(): void
  sends(channel: ChannelName, fate: SendOutcome): void
  /** `question`: what the model was asked for. */
  modelAsked(question: string, fate: ModelCallOutcome): void
  modelUsed(tokens: Tokens): void
}

/** `lag`: seconds that the customer waits who has waited longest; `effects`: those that wait for an operator. */
export type Gauges = Readonly<Record<'waiting' | 'lag' | 'stuck' | 'tickets' | 'effects', number>>

/**
 * `read` gives the present sizes: customers waiting for a turn, tickets nobody has resolved, effects that are stuck.
 * `prices`: what a language model costs for a million tokens in and out, in whatever money.
 */
export function openMetrics(read: () => Promise<Gauges>, prices?: Tokens): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const events = new Counter({
    name: 'warmline_events_total',
    help: 'Events taken in, by channel and kind.',
    labelNames: ['channel', 'kind'],
    registers,
  })
  const kept = new Histogram({
    name: 'warmline_receive_seconds',
    help: 'Time until a delivery was durable.',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5],
    registers,
  })
  const turns = new Histogram({
    name: 'warmline_turn_seconds',
    help: 'Time for one turn, by outcome.',
    labelNames: ['outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const failures = new Counter({ name: 'warmline_turn_failures_total', help: 'Turns that threw.', registers })
  const sendCount = new Counter({
    name: 'warmline_sends_total',
    help: 'How sends fared, by channel; `found` were sent although their answer was lost.',
    labelNames: ['channel', 'fate'],
    registers,
  })
  const questions = new Counter({
    name: 'warmline_model_questions_total',
    help: 'Questions to the language model, by kind and what came of them.',
    labelNames: ['question', 'fate'],
    registers,
  })
  const tokenCount = new Counter({
    name: 'warmline_model_tokens_total',
    help: 'Tokens of the language model, as its server counts them.',
    labelNames: ['direction'],
    registers,
  })
  const cost = prices
    ? new Counter({
        name: 'warmline_model_cost_total',
        help: 'What the tokens cost by WARMLINE_MODEL_PRICES.',
        registers,
      })
    : undefined
  const size = (name: string, help: string, of: keyof Gauges) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // What cannot be read is not zero: it is left out.
        await read().then(
          (sizes) => this.set(sizes[of]),
          () => this.remove(),
        )
      },
    })
  size('warmline_customers_waiting', 'Customers whose messages no turn has taken yet.', 'waiting')
  size('warmline_lag_seconds', 'How long the customer has waited who waits longest for a turn.', 'lag')
  size('warmline_customers_stuck', 'Customers whose turn keeps failing before a person can be given it.', 'stuck')
  size('warmline_tickets_open', 'Tickets that are not resolved.', 'tickets')
  size('warmline_effects_stuck', 'Effects that wait for an operator.', 'effects')
  return {
    registry,
    received(channel, all, seconds) {
      for (const event of all) events.inc({ channel, kind: event.kind })
      kept.observe(seconds)
    },
    turn: (outcome, seconds) => turns.observe({ outcome }, seconds),
    failed: () => failures.inc(),
    modelAsked: (question, fate) => questions.inc({ question, fate }),
    modelUsed({ input, output }) {
      tokenCount.inc({ direction: 'in' }, input)
      tokenCount.inc({ direction: 'out' }, output)
      if (prices) cost?.inc((input * prices.input + output * prices.output) / 1e6)
    },
    sends: (channel, fate) => sendCount.inc({ channel, fate }),
  }
}
