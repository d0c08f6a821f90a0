// The teams that a content names.
import type { Dialog } from '#dialog'
import { DEFAULT_TEAM } from '#domain'
import type { Rule } from '#policy'

export const teamsOf = (of: {
  readonly rules: readonly Pick<Rule, 'team'>[]
  readonly dialogs: readonly Pick<Dialog, 'team'>[]
}): readonly string[] =>
  [...new Set([DEFAULT_TEAM, ...[...of.rules, ...of.dialogs].flatMap(({ team }) => team ?? [])])].sort()
