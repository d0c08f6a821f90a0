// A desk in memory: the ticket's life is real, the customer and the network are not.
import type { Audience, DeskEvent, Refusal } from '#domain'
import type { GateFinding } from '#gate'
import type { Agent, AgentDesk, Ticket, TicketSummary } from '#handoff'

export type MemoryDesk = AgentDesk & {
  open(ticket: Ticket): void
  /** How many pages listen. */
  listeners(): number
}

const PHONE = /\+?\d[\d ]{7,}\d/

/** The gate's part that the stand-in plays: no phone numbers in public, and no swearing unless there is a reason. */
function findings(text: string, audience: Audience, override?: string): GateFinding[] {
  const found: GateFinding[] = []
  const phone = audience === 'public' ? PHONE.exec(text) : null
  if (phone) {
    const [start, end] = [phone.index, phone.index + phone[0].length]
    found.push({ rule: 'private-data', because: 'a phone number would be public', start, end, absolute: true })
  }
  const word = /\bdamn\b/i.exec(text)
  if (word && !override) {
    const [start, end] = [word.index, word.index + 4]
    found.push({ rule: 'tone', because: '“damn” is not how we speak', start, end, absolute: false })
  }
  return found
}

export function memoryDesk(now: () => number = Date.now): MemoryDesk {
  const tickets = new Map<string, Ticket>()
  const listeners = new Set<(event: DeskEvent) => void>()
  const time = () => new Date(now()).toISOString()

  function change(before: Ticket, type: DeskEvent['type'], agent: Agent | undefined, fields: Partial<Ticket>): Ticket {
    const done = { at: time(), what: type, ...(agent ? { by: agent.email } : {}) }
    const { owner: _, ...unowned } = before
    const base = 'owner' in fields && !fields.owner ? unowned : before
    const { owner, ...others } = fields
    const after = { ...base, ...others, ...(owner ? { owner } : {}), history: [...before.history, done] }
    tickets.set(before.id, after)
    for (const listener of listeners) listener({ type, ticket: before.id, at: done.at })
    return after
  }
  function find(id: string): Ticket | Refusal {
    return tickets.get(id) ?? { refused: 'not-found', because: `there is no ticket \`${id}\`` }
  }
  function held(id: string, agent: Agent): Ticket | Refusal {
    const ticket = find(id)
    if ('refused' in ticket || ticket.owner === agent.email) return ticket
    const because = ticket.owner ? `${ticket.owner} holds this ticket` : 'claim this ticket first'
    return { refused: 'not-yours', because }
  }
  const step =
    (type: DeskEvent['type'], fields: Partial<Ticket>) =>
    async (id: string, agent: Agent): Promise<Ticket | Refusal> => {
      const ticket = held(id, agent)
      return 'refused' in ticket ? ticket : change(ticket, type, agent, fields)
    }

  return {
    async list({ state, team, owner, cursor, limit = 200 }) {
      const fitting = [...tickets.values()]
        .filter((one) => (!state || one.state === state) && (!team || one.team === team))
        .filter((one) => !owner || one.owner === owner)
        .map(summarise)
      const from = cursor === undefined ? 0 : Number(cursor)
      const end = from + limit
      return { tickets: fitting.slice(from, end), ...(fitting.length > end ? { next: String(end) } : {}) }
    },
    async counts(agent) {
      const all = [...tickets.values()]
      const count = (state: Ticket['state']) => all.filter((one) => one.state === state).length
      const mine = all.filter((one) => one.state === 'claimed' && one.owner === agent.email).length
      return { waiting: count('waiting'), claimed: count('claimed'), mine, resolved: count('resolved') }
    },
    async messages(id) {
      const ticket = find(id)
      return 'refused' in ticket ? ticket : { conversations: [], earlier: 0 }
    },
    async seen(id, agent) {
      const ticket = find(id)
      return 'refused' in ticket ? ticket : change(ticket, 'ticket-updated', agent, { unread: 0 })
    },
    read: async (id) => find(id),
    async claim(id, agent) {
      const ticket = find(id)
      if ('refused' in ticket) return ticket
      if (ticket.state !== 'waiting') {
        return { refused: 'conflict', because: `${ticket.owner ?? 'somebody'} claimed this ticket first` }
      }
      return change(ticket, 'ticket-claimed', agent, {
        state: 'claimed',
        owner: agent.email,
        epoch: ticket.epoch + 1,
      })
    },
    releaseAll: async () => {},
    release: step('ticket-released', { state: 'waiting', owner: undefined }),
    resolve: step('ticket-resolved', { state: 'resolved' }),
    async reopen(id, agent) {
      const ticket = find(id)
      if ('refused' in ticket) return ticket
      if (ticket.state !== 'resolved')
        return { refused: 'conflict', because: `a ${ticket.state} ticket cannot be reopened` }
      return change(ticket, 'ticket-reopened', agent, { state: 'claimed', owner: agent.email })
    },
    return: async (id, agent, back) => {
      const detail = [back.note, back.promises && `promised: ${back.promises}`].filter(Boolean).join('; ')
      const ticket = held(id, agent)
      if ('refused' in ticket) return ticket
      return change(ticket, 'ticket-returned', agent, {
        state: 'resolved',
        notes: detail ? [...ticket.notes, { by: agent.email, text: detail, at: time() }] : ticket.notes,
      })
    },
    async reply(id, agent, { text, audience, override }) {
      const ticket = held(id, agent)
      if ('refused' in ticket) return ticket
      const found = findings(text, audience, override)
      if (found.length > 0) return { refused: 'gate', because: 'this reply may not go out as it is', findings: found }
      const side = ticket.conversations.find((one) => one.audience === audience)
      if (!side?.open) return { refused: 'channel', because: side?.closed ?? `there is no ${audience} conversation` }
      const message = {
        id: `${side.id}:${side.messages.length}`,
        author: agent.name,
        authorKind: 'agent' as const,
        text,
        at: now(),
        delivery: 'sent',
      }
      const conversations = ticket.conversations.map((one) =>
        one === side ? { ...one, messages: [...one.messages, message] } : one,
      )
      return change(ticket, 'message-sent', agent, { conversations })
    },
    async note(id, agent, text) {
      const ticket = find(id)
      if ('refused' in ticket) return ticket
      const notes = [...ticket.notes, { by: agent.email, text, at: time() }]
      return change(ticket, 'ticket-updated', agent, { notes })
    },
    show: async (id, agent) => {
      const ticket = find(id)
      return 'refused' in ticket ? ticket : change(ticket, 'ticket-updated', agent, {})
    },
    async learn(id, agent, as) {
      const ticket = find(id)
      if ('refused' in ticket) return ticket
      if ('label' in as) {
        const labelled = { ...as.label, by: agent.email, draft: 'd1' }
        return change(ticket, 'ticket-updated', agent, { brief: { ...ticket.brief, labelled } })
      }
      const { article } = as
      if (article === 'taken') return { refused: 'conflict', because: '“Lamps” (`lamps`) lists these words already' }
      const suggestions = ticket.brief.suggestions.map((one) =>
        one.article === article ? { ...one, proposed: { by: agent.email, draft: 'd1' } } : one,
      )
      return change(ticket, 'ticket-updated', agent, { brief: { ...ticket.brief, suggestions } })
    },
    async trace(caseId) {
      const ticket = [...tickets.values()].find((one) => one.caseId === caseId)
      if (!ticket) return { refused: 'not-found', because: `there is no case \`${caseId}\`` }
      return { id: caseId, events: ticket.history.map((one) => ({ ...one })), private: [] }
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open(ticket) {
      tickets.set(ticket.id, ticket)
      for (const listener of listeners) listener({ type: 'ticket-opened', ticket: ticket.id, at: time() })
    },
    listeners: () => listeners.size,
  }
}

function summarise(ticket: Ticket): TicketSummary {
  const { id, state, team, priority, openedAt, dueAt, customer, owner } = ticket
  const { wants, mood } = ticket.brief
  const because = ticket.reasons[0]?.because ?? ''
  const line = { id, state, team, priority, openedAt, dueAt, customer, wants, because, mood, unread: 0 }
  return owner ? { ...line, owner } : line
}
