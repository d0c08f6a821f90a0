// What is counted, for /metrics. Labels are closed vocabularies: never a customer, a text or an address.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ChannelEvent, ChannelName, Outcome } from '#conversation'
import type { Fate } from '#outbox'

export type Figures = {
  readonly registry: Registry
  received(channel: ChannelName, events: readonly ChannelEvent[], seconds: number): void
  turn(outcome: Outcome, seconds: number): void
  failed(): void
  sends(channel: ChannelName, fate: Fate): void
}

/** `lag`: seconds that the customer waits who has waited longest; `effects`: those that wait for an operator. */
export type Sizes = Readonly<Record<'waiting' | 'lag' | 'stuck' | 'tickets' | 'effects', number>>

/** `read` gives the present sizes: customers waiting for a turn, tickets nobody has resolved, effects that are stuck. */
export function openFigures(read: () => Promise<Sizes>): Figures {
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
  const size = (name: string, help: string, of: keyof Sizes) =>
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
    sends: (channel, fate) => sendCount.inc({ channel, fate }),
  }
}
