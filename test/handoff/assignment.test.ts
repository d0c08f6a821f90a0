// Tickets that are given to colleagues on duty, where the brand chose that: real turns and Redis, several who assign at once.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Refusal } from '#domain'
import { type OnDuty, openAssignment, type Ticket } from '#handoff'
import { BRAND } from '../content/folder.ts'
import { openTestDesk, type TestDesk } from '../setup/agent-desk.ts'
import { silent, until } from '../setup/redis.ts'

const PEOPLE = ['ada', 'bo', 'cy'].map(
  (name): OnDuty => ({ email: `${name}@mill.example`, name, teams: [], languages: [], capacity: 2 }),
)
const [ADA, BO] = PEOPLE as [OnDuty, OnDuty]

let opened: TestDesk
let onDuty: readonly OnDuty[] = []
beforeAll(async () => {
  const files = { 'policies/brand.yaml': `${BRAND}assignment: automatic\n` }
  opened = await openTestDesk({ files, assignable: async () => onDuty })
})
afterAll(() => opened?.close())

let users = 0
const waiting = () => opened.handOver(`given${++users}`, ['private', 'My jumper came with a hole in it'])
function granted(answer: Ticket | Refusal): Ticket {
  if ('refused' in answer) throw new Error(answer.because)
  return answer
}
const read = async (id: string) => granted(await opened.pipeline.desk.read(id))
const ownersOf = async (tickets: readonly { id: string }[]) =>
  Promise.all(tickets.map(async ({ id }) => (await read(id)).owner))
const isGiven = async (id: string) => (await read(id)).state === 'claimed'
async function resolveAll(tickets: readonly { id: string }[]) {
  onDuty = []
  for (const { id } of tickets) {
    const { owner = '' } = await read(id)
    const how = owner === '' ? await opened.pipeline.desk.claim(id, ADA) : undefined
    granted(await opened.pipeline.desk.resolve(id, { ...ADA, lead: true }))
    expect(how === undefined || 'id' in how).toBe(true)
  }
  await until(async () => (await opened.pipeline.desk.counts(ADA)).claimed === 0)
}

test('nobody is on duty: the ticket waits; whoever comes on duty is given it, and it stands out', async () => {
  const ticket = await waiting()
  expect(ticket.state).toBe('waiting')
  onDuty = [ADA]
  await opened.pipeline.assignment.assign()
  const given = await read(ticket.id)
  expect([given.owner, given.unread]).toEqual([ADA.email, 1])
  expect(given.history).toContainEqual(
    expect.objectContaining({ what: 'ticket-claimed', by: ADA.email, detail: 'assigned automatically' }),
  )
  await resolveAll([ticket])
})

test('a new ticket goes to the colleague on duty who holds fewest, of these to whoever had none for longest', async () => {
  onDuty = [ADA, BO]
  const given: string[] = []
  const tickets = []
  for (let n = 0; n < 4; n++) {
    const ticket = await waiting()
    tickets.push(ticket)
    await until(() => isGiven(ticket.id))
    given.push((await read(ticket.id)).owner ?? '')
  }
  // Ada was given the one of the test before.
  expect(given).toEqual([BO.email, ADA.email, BO.email, ADA.email])
  const fifth = await waiting()
  await opened.pipeline.assignment.assign()
  expect(await isGiven(fifth.id)).toBe(false)

  const ofBo = tickets[0]
  if (!ofBo) throw new Error('there is none')
  granted(await opened.pipeline.desk.resolve(ofBo.id, BO))
  await until(() => isGiven(fifth.id))
  expect((await read(fifth.id)).owner).toBe(BO.email)
  await resolveAll([...tickets.slice(1), fifth])
})

test('of several processes that assign at once none gives a ticket twice, and nobody holds more than they may', async () => {
  const tickets = await Promise.all(Array.from({ length: 9 }, waiting))
  await until(async () => (await opened.pipeline.desk.counts(ADA)).waiting === 9)
  const { desk, tickets: queue } = opened.pipeline
  const redis = opened.redis.connections.main
  const processes = Array.from({ length: 6 }, () =>
    openAssignment({
      ...{ redis, queue, desk, now: Date.now, log: silent },
      isAutomatic: () => true,
      onDuty: async () => PEOPLE,
    }),
  )
  await Promise.all(processes.map((one) => one.assign()))
  // One had the lease, and the others left it to do what they had asked for.
  await until(async () => (await ownersOf(tickets)).filter(Boolean).length === 6)
  await Promise.all(processes.map((one) => one.assign()))
  const owners = await ownersOf(tickets)
  for (const { email } of PEOPLE) expect(owners.filter((owner) => owner === email)).toHaveLength(2)
  expect(owners.filter((owner) => owner === undefined)).toHaveLength(3)
  const claims = await Promise.all(tickets.map(async ({ id }) => (await read(id)).history))
  for (const history of claims) expect(history.filter(({ what }) => what === 'ticket-claimed').length).toBeLessThan(2)
  await resolveAll(tickets)
})

test('a ticket goes to nobody outside its team, or who does not answer in its language', async () => {
  const ticket = await waiting()
  onDuty = [
    { ...ADA, teams: ['press'] },
    { ...BO, languages: ['fr'] },
  ]
  await opened.pipeline.assignment.assign()
  expect(await isGiven(ticket.id)).toBe(false)
  onDuty = [{ ...BO, languages: ['fr', 'en'], teams: [ticket.team] }]
  await opened.pipeline.assignment.assign()
  expect((await read(ticket.id)).owner).toBe(BO.email)
  await resolveAll([ticket])
})
