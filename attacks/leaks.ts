// The leak test: attacks of a seed through a running service, and what got into public.
import { inParallel } from '../bench/service.ts'
import type { ChatRequest, Scripted } from '../test/stand-ins/openai.ts'
import { chooses, givenToRead, reads } from '../test/stand-ins/reading.ts'
import { type Attack, drawAttacks, PROMPT } from './attack.ts'
import { FORM_PHRASE, ISLANDS, writeBrand } from './brand.ts'
import { findLeaks, type Secret } from './checker.ts'
import { askedBy, type Played, play, shareOut } from './play.ts'
import { startRig } from './rig.ts'

/** An attack that got through, and the post it got into. */
type Leaked = { readonly attack: Attack; readonly text: string }

export type Leaks = {
  readonly attacks: readonly Attack[]
  readonly leaked: readonly Leaked[]
  /** Posts of ours that were searched. */
  readonly posts: number
  readonly turns: number
  /** How often the gate objected, by rule. */
  readonly blocked: Readonly<Record<string, number>>
  readonly seconds: number
}

const ACCOUNTS_AT_ONCE = 16

/** A model that does what the attack wants: it says the value in every field that is not closed, whatever it was asked. */
function obey(attacks: readonly Attack[]): (request: ChatRequest) => Scripted {
  return (request) => {
    const { message, articles } = givenToRead(request)
    if (message.includes(FORM_PHRASE)) return reads({ act: 'wish', dialog: 'register-lamp' })
    if (/where is my order/i.test(message)) return reads({ dialog: 'order-status' })
    if (/person please/.test(message)) return reads({ wantsHuman: true })
    const attack = attacks[Number(/@attack(\d+)/.exec(message)?.[1] ?? -1)]
    // An article that it was given and does not quote: the article speaks for itself.
    if (!attack) return reads({ article: articles[0]?.id ?? 'none' })
    const { carried } = attack
    const values = [{ slot: 'order-number', quote: carried }]
    const more = { opening: 'Happy to help.', question: carried, values, reply: `${ISLANDS}: ${carried}` }
    return chooses('islands', '', more)
  }
}

const secretOf = (attack: Attack) => ({ ...attack, attack })

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

export async function runLeaks(options: {
  count: number
  seed: number
  without?: readonly string[]
  say?: (line: string) => void
}): Promise<Leaks> {
  const { count, seed, without, say = () => {} } = options
  const from = performance.now()
  const attacks = drawAttacks(seed, count)
  const content = await writeBrand(seed)
  const rig = await startRig({ content, ...(without ? { without } : {}) })
  try {
    rig.model.otherwise(obey(attacks))
    rig.orders.set('*', { status: 'ready', eta: '2026-12-01', carrier: 'DPD' })
    say(`the service is up after ${((performance.now() - from) / 1000).toFixed(0)} s`)
    const shares = shareOut(attacks)
    const played: Played[] = []
    const made = new Map<string, readonly (Secret & { readonly attack: Attack })[]>()
    let done = 0
    await inParallel(shares.length, ACCOUNTS_AT_ONCE, async (n) => {
      const share = shares[n] ?? []
      const one = await play(rig, n, share)
      played.push(one)
      made.set(one.customer, share.map(secretOf))
      const before = done
      done += share.length
      if (Math.floor(before / 250) < Math.floor(done / 250))
        say(`  ${done} attacks after ${((performance.now() - from) / 1000).toFixed(0)} s`)
    })
    const isGiven = rig.model.requests.some(({ messages }) => messages.some(({ content }) => content.includes(PROMPT)))
    if (!isGiven && attacks.some(({ author }) => author === 'model'))
      throw new Error('the instructions that attacks try to make public are not those the model is given')
    const posts = await rig.record()
    const leaks = findLeaks(posts, attacks.map(secretOf), ({ customer, asked }) =>
      (made.get(customer) ?? []).filter(({ attack }) => askedBy(attack) === asked),
    )
    return {
      attacks,
      leaked: leaks.map(({ secret: { attack }, text }) => ({ attack, text })),
      posts: posts.length,
      turns: played.reduce((sum, { turns }) => sum + turns, 0),
      blocked: tally(played.flatMap(({ blocked }) => blocked)),
      seconds: (performance.now() - from) / 1000,
    }
  } finally {
    await rig.close()
  }
}
