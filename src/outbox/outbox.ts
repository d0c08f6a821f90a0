// Every effect leaves here, once, in the order it was decided, one customer at a time.
import type { Logger } from 'pino'
import { type Case, learn, withConversation } from '#case'
import type { Channel } from '#channels'
import type { ChannelName, CustomerId, Sent } from '#conversation'
import { changeCase, effectOf, type HistoryEvent, keysOf, leavingNewer, linkIdentity, readCase } from '#inbox'
import { type Connections, openCustomerQueue, runScript } from '#redis'
import type { Effect, EffectState, SendEffect } from './effect.ts'
import { FINISH, START } from './scripts.ts'

const SEND_MS = 15_000
const ATTEMPTS = 8

/** Something of ours that did not reach the customer, and why. */
export type Mishap = { readonly customer: CustomerId; readonly effect: SendEffect; readonly because: string }

export type Outbox = {
  /** Says that a customer's outbox is about to have something in it; call it before committing. */
  note(customer: CustomerId): Promise<void>
  /** Says that a customer's outbox has something in it. */
  due(customer: CustomerId): Promise<void>
  /** Starts carrying effects out; returns what stops it. */
  work(): Promise<() => Promise<void>>
  close(): Promise<void>
}

export async function openOutbox(options: {
  connections: Connections
  channels: ReadonlyMap<ChannelName, Channel>
  /** Carries out an `announce`; repeating it does no harm. */
  announce: (effect: Effect & { readonly do: 'announce' }) => Promise<void>
  /** Gives what could not be sent to a person. */
  mishap: (mishap: Mishap) => Promise<void>
  /** Tells open consoles that a message fared so. */
  fared: (customer: CustomerId) => Promise<void>
  concurrency: number
  /** Aborted when the process has to end soon. */
  stopping: AbortSignal
  log: Logger
  now: () => number
}): Promise<Outbox> {
  const { connections, channels, log, now } = options
  const redis = connections.main
  const queue = await openCustomerQueue('effects', connections, log, now)

  async function finish(
    customer: CustomerId,
    effect: Effect,
    state: EffectState,
    event?: HistoryEvent,
    notBefore = 0,
  ): Promise<void> {
    const keys = keysOf(customer)
    const json = event ? JSON.stringify({ caseId: effect.caseId, ...event }) : ''
    const args = [effect.id, state, json, Math.round(notBefore)]
    await runScript(redis, FINISH, [keys.effects, keys.outbox, keys.history], args)
  }

  async function start(customer: CustomerId, effect: SendEffect, repeatable: boolean): Promise<[string, number]> {
    const keys = keysOf(customer)
    const suppressed: HistoryEvent = { at: now(), caseId: effect.caseId, type: 'effect-suppressed', effect: effect.id }
    const epoch = effect.by === 'bot' ? String(effect.epoch) : ''
    const args = [effect.id, epoch, repeatable ? 'yes' : 'no', now(), JSON.stringify(suppressed)]
    const started = await runScript(redis, START, [keys.state, keys.effects, keys.outbox, keys.history], args)
    const [what = '', number = '0'] = String(started).split(':')
    return [what, Number(number)]
  }

  /** The ticket first: if we die in between, the effect is still there and the same reason is added once. */
  async function toPerson(
    customer: CustomerId,
    effect: SendEffect,
    state: 'refused' | 'in-doubt',
    because: string,
  ): Promise<void> {
    await options.mishap({ customer, effect, because })
    await finish(customer, effect, state, { at: now(), type: `effect-${state}`, effect: effect.id, detail: because })
  }

  /** Returns undefined when the effect is done with, or the milliseconds after which to try again. */
  async function send(customer: CustomerId, effect: SendEffect): Promise<number | undefined> {
    const channel = channels.get(effect.outgoing.customer.channel)
    // Hiding a post twice hides it once.
    const repeatable = channel?.law.idempotent === true || effect.outgoing.type === 'hide'
    const [start_, number] = await start(customer, effect, repeatable)
    switch (start_) {
      case 'wait':
        return number
      case 'in-doubt':
        await toPerson(customer, effect, 'in-doubt', 'we stopped while sending and cannot tell whether it arrived')
        return undefined
      case 'suppressed':
        await options.fared(customer)
        return undefined
      case 'gone':
        return undefined
    }
    const sent = await attempt(customer, channel, effect)
    if (sent.state === 'sent') {
      await remember(customer, effect, sent)
      await finish(customer, effect, 'sent', {
        at: now(),
        type: 'effect-sent',
        effect: effect.id,
        detail: sent.platformId,
        ...(sent.conversation ? { conversation: sent.conversation } : {}),
      })
      await options.fared(customer)
      return undefined
    }
    const again = sent.state === 'unreachable' || (sent.state === 'in-doubt' && repeatable)
    if (again && number < ATTEMPTS) return later(customer, effect, sent, number)
    const more = sent.state === 'refused' && sent.instead ? `; ${sent.instead}` : ''
    const tries = again ? `; given up after ${number} tries` : ''
    await toPerson(
      customer,
      effect,
      again || sent.state === 'refused' ? 'refused' : 'in-doubt',
      sent.reason + more + tries,
    )
    return undefined
  }

  /** "Not now": the network's own time if it names one, else longer with each try. */
  async function later(customer: CustomerId, effect: SendEffect, sent: Sent, tries: number): Promise<number> {
    const backoff = Math.min(500 * 2 ** tries, 120_000) * (0.75 + Math.random() / 2)
    const wait = 'retryAfterMs' in sent && sent.retryAfterMs ? sent.retryAfterMs : backoff
    const detail = 'reason' in sent ? sent.reason : ''
    const event: HistoryEvent = { at: now(), type: 'effect-retried', effect: effect.id, detail }
    await finish(customer, effect, 'pending', event, now() + wait)
    return wait
  }

  async function attempt(customer: CustomerId, channel: Channel | undefined, effect: SendEffect): Promise<Sent> {
    if (!channel) return { state: 'refused', reason: `the channel ${effect.outgoing.customer.channel} is switched off` }
    const closed = await windowClosed(customer, channel, effect)
    if (closed)
      return { state: 'refused', reason: closed, instead: 'wait until the customer writes, or answer in public' }
    return channel
      .send(effect.outgoing, AbortSignal.any([AbortSignal.timeout(SEND_MS), options.stopping]))
      .catch((error: Error): Sent => {
        log.error({ effect: effect.id, channel: channel.name, reason: error.message }, 'a send broke')
        return { state: 'in-doubt', reason: 'the send broke off' }
      })
  }

  /** Meta, Messenger Platform policy: a free-form private message only within the window after the customer's last one. */
  async function windowClosed(customer: CustomerId, channel: Channel, effect: SendEffect): Promise<string | undefined> {
    const hours = channel.law.windowHours
    if (!hours || effect.outgoing.type !== 'private-message') return undefined
    const { id } = effect.outgoing.conversation
    const given = await readCase(redis, customer)
    const at = given?.conversations.find((one) => one.id === id)?.lastInboundAt
    if (at && now() - at < hours * 3_600_000) return undefined
    return `the ${hours}-hour window for private messages is closed`
  }

  /**
   * Whoever has a case already keeps it, and with it the agent who may have claimed it: the newly met identity joins
   * that case with its conversations and facts.
   */
  async function linkPerson(customer: CustomerId, other: CustomerId): Promise<void> {
    if (customer === other) return
    const [mine, theirs] = await Promise.all([readCase(redis, customer), readCase(redis, other)])
    if (!theirs || !mine) return linkIdentity(redis, other, customer)
    await linkIdentity(redis, customer, other)
    await changeCase(redis, other, (open) => {
      const joined = mine.conversations.reduce<Case>(withConversation, open.case)
      const known = new Set(joined.facts.map((fact) => fact.name))
      const facts = mine.facts.filter((fact) => !known.has(fact.name))
      return { change: { case: { ...learn(joined, facts), said: [...joined.said, ...mine.said] } } }
    })
  }

  /** A private reply tells who the commenter is in private: from now on both are one customer. */
  async function remember(customer: CustomerId, effect: SendEffect, sent: Sent & { state: 'sent' }): Promise<void> {
    const { channel, account } = effect.outgoing.customer
    if (sent.privateUser) await linkPerson(customer, `${channel}:${account}:${sent.privateUser}`)
    const { conversation } = sent
    if (!conversation) return
    await changeCase(redis, customer, (open) =>
      open.case.conversations.some((one) => one.id === conversation.id)
        ? { instead: undefined }
        : { change: { case: withConversation(open.case, conversation) } },
    )
  }

  async function read(customer: CustomerId, id: string): Promise<Effect | undefined> {
    const raw = await redis.hGet(keysOf(customer).effects, id)
    return raw ? effectOf(raw) : undefined
  }

  /** No network has a say in announcing a ticket, so no waiting message holds it back. */
  async function announceAll(customer: CustomerId): Promise<void> {
    for (const id of await redis.lRange(keysOf(customer).outbox, 0, -1)) {
      const effect = await read(customer, id)
      if (effect?.do !== 'announce') continue
      await options.announce(effect)
      await finish(customer, effect, 'sent')
    }
  }

  async function empty(customer: CustomerId): Promise<number | undefined> {
    const keys = keysOf(customer)
    for (;;) {
      await announceAll(customer)
      const id = await redis.lIndex(keys.outbox, 0)
      if (!id) return undefined
      const effect = await read(customer, id)
      if (effect?.do === 'send') {
        const again = await send(customer, effect)
        if (again !== undefined) return again
      } else if (!effect) {
        await redis.lRem(keys.outbox, 1, id)
      }
    }
  }

  return {
    note: async (customer) => void (await queue.note(customer)),
    due: (customer) => queue.due(customer),
    work: () => queue.work(leavingNewer(empty, log), options.concurrency),
    close: () => queue.close(),
  }
}
