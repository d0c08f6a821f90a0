// Messages for scenarios: each from somebody new, or from somebody who wrote before.
import type { Audience } from '#domain'
import type { Line } from './plan.ts'
import type { Network } from './record.ts'

let last = 0

/** Something that somebody writes; `from`: the one who wrote that. */
export function newLine(network: Network, audience: Audience, text: string, from?: Line): Line {
  const n = ++last
  const user = from?.user ?? String((network === 'x' ? 2_000_000_000_000 : 7_700_000_000_000) + n)
  const comment = audience === 'public' ? `${8_000_000 + n}_1` : `m_s${n}`
  const id = network === 'x' ? String(1_970_000_000_000_000_000n + BigInt(n)) : comment
  return { id, network, audience, user, kind: 'question', text, secrets: [], at: 0 }
}
