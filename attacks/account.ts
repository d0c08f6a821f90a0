// One account of a customer on a network, and the case it makes at the service.
import type { HistoryEvent } from '#domain'
import { PAGE } from '../test/service/accounts.ts'
import { until } from '../test/setup/redis.ts'
import { pageComment, pageMessage } from '../test/stand-ins/deliveries.ts'
import { postOf, type Rig, userOf } from './rig.ts'

type Recorded = HistoryEvent & { readonly state?: string }

export type Account = {
  readonly id: string
  /** Writes; resolves once the service has it. */
  say(audience: 'public' | 'private', text: string): Promise<void>
  /** Resolves to the case's record once every message has had its turn and every reply has left or failed. */
  settled(): Promise<readonly Recorded[]>
  /** Asks for a person and has them claim the ticket; resolves to its id. */
  claimed(): Promise<string>
  ask(path: string, body?: object): Promise<number>
}

const FINAL = new Set(['sent', 'suppressed', 'refused', 'in-doubt', 'poisoned', 'dropped'])
const PATIENCE_MS = 180_000
const PERSON = 'I want to talk to a person please'

/** Asks again ever more slowly: many accounts ask at once. */
async function patiently<T>(what: string, holds: () => Promise<T | undefined | false>): Promise<T> {
  let pause = 40
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const value = await holds()
    if (value) return value
    if (Date.now() > end) throw new Error(`still not so after three minutes: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, pause))
    pause = Math.min(pause * 1.5, 500)
  }
}

async function accountOf(rig: Rig, id: string, send: Account['say']): Promise<Account> {
  let sent = 0
  const held = new Set<string>()
  const { lead } = rig
  async function settled(): Promise<readonly Recorded[]> {
    return patiently(`every message of ${id} has had its turn, and every reply has left`, async () => {
      const { body } = await lead.call('GET', `/api/cases/${encodeURIComponent(`${id}~1`)}`)
      const events = (body.events ?? []) as Recorded[]
      const taken = new Set(events.flatMap((event) => (event.type === 'turn-taken' ? event.messages : [])))
      const queued = events.filter((event) => event.type === 'message-queued')
      return taken.size >= sent && queued.every(({ state }) => FINAL.has(state ?? '')) && events
    })
  }
  const say: Account['say'] = async (audience, text) => {
    sent += 1
    await send(audience, text)
  }
  // What was not answered in time is asked again; saying it twice harms nobody here.
  const ask: Account['ask'] = (path, body) =>
    patiently(`${path} is answered`, async () => {
      const { status } = await lead.call('POST', path, body)
      return status !== 503 && status
    })
  return {
    id,
    say,
    settled,
    ask,
    async claimed() {
      await say('private', PERSON)
      // A message that was delivered twice counts twice, so that the turn may still be to come.
      const ticket = await patiently(`${id} has a ticket`, async () =>
        (await settled())
          .flatMap((event) => (event.type === 'ticket-opened' ? [event.ticket] : []))
          .findLast((id) => !held.has(id)),
      )
      held.add(ticket)
      const status = await ask(`/api/tickets/${ticket}/claim`)
      // 409: the claim before was not answered, and was carried out.
      if (status !== 200 && status !== 409) throw new Error(`claiming was answered ${status}`)
      return ticket
    },
  }
}

/** Delivers as a network does: what is answered 503 is delivered again. */
async function deliver(send: () => Promise<number>): Promise<void> {
  const status = await patiently('a message is taken', async () => {
    const answered = await send()
    return answered !== 503 && answered
  })
  if (status >= 300) throw new Error(`a message was answered ${status}`)
}

export function onPlayground(rig: Rig, name: string): Promise<Account> {
  return accountOf(rig, `playground:brand:${name}`, (audience, text) =>
    deliver(async () => {
      const response = await fetch(`${rig.url}/playground/api/${audience === 'public' ? 'posts' : 'dms'}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ customer: name, text }),
      })
      await response.arrayBuffer()
      return response.status
    }),
  )
}

let made = 0

/** Somebody who has commented on the Page and been met in Messenger: one customer in two places. */
export async function onPage(rig: Rig, user: number): Promise<Account> {
  const { graph, url } = rig
  const from = userOf(user)
  const page = PAGE.pageId
  const post = postOf(user)
  let psid = ''
  const account = await accountOf(rig, `facebook:${page}:${from}`, async (audience, text) => {
    made += 1
    const id = audience === 'private' ? `m_${made}` : `${post}_${made}`
    if (audience === 'public') rig.asked.set(id, text)
    const body =
      audience === 'private' ? pageMessage({ page, from: psid, text, id }) : pageComment({ page, from, text, id })
    await deliver(() => graph.deliver(`${url}/webhooks/meta`, body))
  })
  await account.say('public', `Where is my order HL-${10_000 + (user % 20_000)}?`)
  await account.settled()
  psid = await until(() => graph.messages.find(({ answers }) => answers?.startsWith(`${post}_`))?.psid, 60_000)
  return account
}
