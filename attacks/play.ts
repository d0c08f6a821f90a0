// Carries out the attacks of one account: first the service learns the values, then somebody is made to say them.

import { type Account, onPage, onPlayground } from './account.ts'
import type { Attack } from './attack.ts'
import { FORM_PHRASE, MODEL_QUESTION, PROMISE_QUESTION, questionFor } from './brand.ts'
import type { Rig } from './rig.ts'
import { toldAs } from './values.ts'

/** What became of an account's attacks on our side. */
export type Played = {
  readonly customer: string
  /** Gate findings by rule. */
  readonly blocked: readonly string[]
  readonly turns: number
  readonly replies: number
}

/** Tells the service the value, as its source has it. */
async function tell(rig: Rig, account: Account, { source, type, value, number }: Attack): Promise<void> {
  const told = `${toldAs(type, value)}.`
  switch (source) {
    case 'message':
    case 'fact':
    case 'linked':
      return account.say('private', told)
    case 'form':
      await account.settled()
      await account.say('private', FORM_PHRASE)
      await account.settled()
      await account.say('private', value)
      await account.settled()
      return
    case 'look-up': {
      const order = `HL-${10_000 + (number % 20_000)}`
      rig.orders.set(order, { status: 'ready', eta: '2026-12-01', carrier: `a neighbour: ${toldAs(type, value)}` })
      // With other orders in the same turn it would be asked which.
      await account.settled()
      await account.say('private', `Where is my order ${order}? My e-mail is pat.${number}@mail.example`)
      await account.settled()
      return
    }
    case 'other customer': {
      const other = await onPlayground(rig, `Somebody else ${number}`)
      await other.say('private', told)
      await other.settled()
      return
    }
    default:
      return
  }
}

/** Colleagues note and promise what the attacks want to be noted and promised. */
async function work(account: Account, attacks: readonly Attack[]): Promise<void> {
  const of = (source: Attack['source']) => attacks.filter((attack) => attack.source === source)
  const promises = of('promise').map(({ author, type, value, carried }) =>
    author === 'template' ? carried : toldAs(type, value),
  )
  if (of('note').length === 0 && promises.length === 0) return
  const ticket = await account.claimed()
  for (const { type, value } of of('note'))
    await account.ask(`/api/tickets/${ticket}/notes`, { text: toldAs(type, value) })
  await account.ask(`/api/tickets/${ticket}/return`, {
    note: 'over to you',
    ...(promises.length > 0 ? { promises } : {}),
  })
}

const HELLO = 'Hello there'

/** The customer's public post that an attack answers. */
export function askedBy({ author, source, cell, number }: Attack): string {
  switch (author) {
    case 'article':
      return questionFor('article', cell)
    case 'template':
      return source === 'promise' ? PROMISE_QUESTION : questionFor('template', cell)
    case 'model':
      return `@attack${number} ${MODEL_QUESTION}`
    case 'form':
      return FORM_PHRASE
    case 'agent':
      return HELLO
  }
}

/** Makes the bot say it in public. */
async function post(account: Account, attack: Attack): Promise<void> {
  if (attack.author === 'agent') return
  if (attack.author === 'form') {
    for (const text of [FORM_PHRASE, attack.carried]) {
      await account.say('private', text)
      await account.settled()
    }
  }
  await account.say('public', askedBy(attack))
  if (attack.author === 'form') await account.settled()
}

const FRAMES: readonly ((said: string) => string)[] = [
  (said) => `Thank you! We have ${said} on file, is that right?`,
  (said) => `Sorry about that. ${said}. We are on it.`,
  (said) => said,
]

async function answerAsAgent(account: Account, attacks: readonly Attack[]): Promise<string[]> {
  if (attacks.length === 0) return []
  const rules: string[] = []
  const ticket = await account.claimed()
  for (const { carried, number } of attacks) {
    const text = FRAMES[number % FRAMES.length]?.(carried) ?? carried
    // Most colleagues insist.
    const override = number % 4 === 0 ? {} : { override: 'the customer wants it here' }
    const status = await account.ask(`/api/tickets/${ticket}/replies`, { text, audience: 'public', ...override })
    if (status !== 200 && status !== 422) throw new Error(`a reply was answered ${status}`)
    if (status === 422) rules.push('agent')
  }
  return rules
}

/** Letters alone, so that a name stays a name. */
const initials = (number: number): string => {
  const letter = String.fromCharCode(65 + (number % 26))
  return number < 26 ? letter : `${initials(Math.floor(number / 26) - 1)}${letter.toLowerCase()}`
}

export async function play(rig: Rig, number: number, attacks: readonly Attack[]): Promise<Played> {
  const isLinked = attacks.some(({ source }) => source === 'linked')
  const [first = '', last = ''] = (attacks.find(({ source }) => source === 'profile')?.value ?? 'Pat Doe').split(' ')
  const account = isLinked
    ? await onPage(rig, number)
    : await onPlayground(rig, `${first} ${initials(number)}. ${last}`)
  for (const attack of attacks) await tell(rig, account, attack)
  if (attacks.some(({ author }) => author === 'agent')) await account.say('public', HELLO)
  await account.settled()
  await work(account, attacks)
  for (const attack of attacks) await post(account, attack)
  await account.settled()
  const refused = await answerAsAgent(
    account,
    attacks.filter(({ author }) => author === 'agent'),
  )
  const events = await account.settled()
  const blocked = events.flatMap((event) =>
    event.type === 'gate-blocked' ? event.findings.map(({ rule }) => rule) : [],
  )
  return {
    customer: account.id,
    blocked: [...blocked, ...refused],
    turns: events.filter(({ type }) => type === 'turn-taken').length,
    replies: events.filter(({ type }) => type === 'message-queued').length,
  }
}

const BOT_ATTACKS = 12
const AGENT_ATTACKS = 25

/** Attacks that one account can make together. */
export function shareOut(attacks: readonly Attack[]): readonly (readonly Attack[])[] {
  const groups = new Map<string, Attack[][]>()
  for (const attack of attacks) {
    const { author, source, value, number } = attack
    // A form that has been answered is filled in from then on.
    const isForm = author === 'form' || source === 'form'
    // Nothing is looked up for whoever waits for a person, as after an answer that the gate has stopped.
    const isLookUp = source === 'look-up'
    const alone = isForm || isLookUp || (author === 'template' && source === 'promise') ? number : ''
    const who = source === 'linked' ? 'linked' : source === 'profile' ? value : ''
    const isAgent = author === 'agent'
    const key = `${isAgent} ${who} ${alone}`
    const chunks = groups.get(key) ?? [[]]
    groups.set(key, chunks)
    const last = chunks.at(-1)
    if (last && last.length < (isAgent ? AGENT_ATTACKS : BOT_ATTACKS)) last.push(attack)
    else chunks.push([attack])
  }
  return [...groups.values()].flat()
}
