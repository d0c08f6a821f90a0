// Stores the state of effects: start, finish, doubt, resend, dead letter. Each step is one script.
import type { CustomerId, Effect, EffectState, HistoryEvent, SendEffect, Sent, StuckState } from '#domain'
import type { Redis } from '../clients.ts'
import { runScript } from '../lua-script.ts'
import { keysOf } from './keys.ts'
import { DOUBT, ECHO, FINISH, RESEND, START } from './scripts.ts'

/**
 * The latest try of an effect: only who knows its number may say how it ended. `since`: when the effect was first tried,
 * in milliseconds since 1970; `tries`: how many there were since an operator last wanted it tried again.
 */
export type SendAttempt = {
  readonly number: number
  readonly tries: number
  readonly resent: number
  readonly since: number
}

/** What may be done with a send now; see lua/start.lua. */
export type SendPermit =
  | ({ readonly type: 'go' | 'started' } & SendAttempt)
  | ({ readonly type: 'wait' | 'limited'; readonly forMs: number } & SendAttempt)
  | ({ readonly type: 'doubt'; readonly looks: number } & SendAttempt)
  | { readonly type: 'suppressed' | 'gone' }

export type EffectStore = ReturnType<typeof openEffectStore>

export function openEffectStore(redis: Redis, now: () => number) {
  const told = (caseId: string, event: HistoryEvent) => JSON.stringify({ caseId, ...event })
  /** How the effect ends whatever happens later: in the history, with the network's id and place. */
  const sentEvent = (effect: Effect, { platformId, conversation }: Sent & { state: 'sent' }): HistoryEvent => ({
    at: now(),
    type: 'effect-sent',
    effect: effect.id,
    ...(platformId ? { detail: platformId } : {}),
    ...(conversation ? { conversation } : {}),
  })

  return {
    async start(customer: CustomerId, effect: SendEffect, repeatable: boolean, limitMs: number): Promise<SendPermit> {
      const said = await runScript(redis, START, keysOf(customer), {
        id: effect.id,
        epoch: effect.by === 'bot' ? effect.epoch : undefined,
        repeatable,
        now: now(),
        suppressed: told(effect.caseId, { at: now(), type: 'effect-suppressed', effect: effect.id }),
        limitMs: Math.ceil(limitMs),
      })
      const [type, ...parts] = String(said).split(':')
      const [number = 0, resent = 0, since = 0, before = 0, more = 0] = parts.map(Number)
      const latest = { number, tries: number - before, resent, since }
      if (type === 'go' || type === 'started') return { type, ...latest }
      if (type === 'wait' || type === 'limited') return { type, forMs: more, ...latest }
      if (type === 'doubt') return { type, looks: more, ...latest }
      return { type: type as 'suppressed' | 'gone' }
    },

    /** The latest try, or whatever state an effect that needs no leave is in, ended like this. */
    async finish(
      customer: CustomerId,
      effect: Pick<Effect, 'id' | 'caseId'>,
      end: {
        readonly state: EffectState
        readonly try?: number
        readonly event?: HistoryEvent
        readonly notBefore?: number
        readonly because?: string
      },
    ): Promise<boolean> {
      const done = await runScript(redis, FINISH, keysOf(customer), {
        id: effect.id,
        state: end.state,
        try: end.try,
        event: end.event && told(effect.caseId, end.event),
        notBefore: Math.round(end.notBefore ?? 0),
        because: end.because || undefined,
        now: Math.round(now()),
      })
      return done === 1
    },

    sent(customer: CustomerId, effect: SendEffect, sent: Sent & { state: 'sent' }, number?: number): Promise<boolean> {
      const event = sentEvent(effect, sent)
      return this.finish(customer, effect, { state: 'sent', event, ...(number !== undefined && { try: number }) })
    },

    stuck(
      customer: CustomerId,
      effect: Pick<Effect, 'id' | 'caseId'>,
      state: StuckState,
      because: string,
      number?: number,
    ): Promise<boolean> {
      const type = state === 'in-doubt' ? 'effect-in-doubt' : 'effect-refused'
      const event: HistoryEvent = { at: now(), type, effect: effect.id, detail: because }
      return this.finish(customer, effect, { state, event, because, ...(number !== undefined && { try: number }) })
    },

    /** Looks for it `inMs` from now. `over`: its call has ended, without an answer. */
    async doubt(
      customer: CustomerId,
      effect: SendEffect,
      doubt: {
        readonly why: string
        readonly inMs: number
        readonly looks: number
        readonly try: number
        readonly over?: boolean
      },
    ): Promise<void> {
      const event: HistoryEvent = { at: now(), type: 'effect-doubted', effect: effect.id, detail: doubt.why }
      await runScript(redis, DOUBT, keysOf(customer), {
        id: effect.id,
        try: doubt.try,
        why: doubt.why,
        notBefore: Math.round(now() + doubt.inMs),
        looks: doubt.looks,
        over: doubt.over ?? false,
        event: doubt.looks === 0 ? told(effect.caseId, event) : undefined,
      })
    },

    async resend(customer: CustomerId, effect: SendEffect, number: number, looks: number): Promise<void> {
      const detail = 'we looked, and it was not there'
      const event: HistoryEvent = { at: now(), type: 'effect-retried', effect: effect.id, detail }
      const args = { id: effect.id, try: number, looks, event: told(effect.caseId, event) }
      await runScript(redis, RESEND, keysOf(customer), args)
    },

    /** True when it is news that the effect was sent. `named`: the network itself says that it was this effect. */
    async echo(
      customer: CustomerId,
      effect: SendEffect,
      sent: Sent & { state: 'sent' },
      named: boolean,
    ): Promise<boolean> {
      const args = { id: effect.id, event: told(effect.caseId, sentEvent(effect, sent)), named }
      return (await runScript(redis, ECHO, keysOf(customer), args)) !== ''
    },
  }
}

/** The ids under which a network has already shown us what we sent to this customer. */
export async function knownIds(redis: Redis, customer: CustomerId): Promise<ReadonlySet<string>> {
  const events = await redis.lRange(keysOf(customer).history, -200, -1)
  return new Set(
    events.flatMap((json) => {
      const event = JSON.parse(json) as HistoryEvent
      return event.type === 'effect-sent' && event.detail ? [event.detail] : []
    }),
  )
}
