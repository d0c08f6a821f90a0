// What holds a leak back, one statement of the product each: taken out for testing the attacks themselves.
import { type Removal, weaken } from '../chaos/weaknesses.ts'

export const GUARDS: readonly Removal[] = [
  {
    name: 'gate',
    file: 'src/gate/check-reply.ts',
    from: "if (findings.some(({ absolute }) => absolute || !overrides)) return { verdict: 'block', audience, findings }",
    to: '',
  },
  {
    name: 'grounding',
    file: 'src/answer/llm-answer.ts',
    from: 'const beyond = findBeyond(text, all, { audience: question.audience, courtesies })',
    to: 'const beyond = undefined',
  },
  {
    name: 'forms-in-private',
    file: 'src/turn/plan/form.ts',
    from: 'const drafts = text ? [formDraft(dialog, text, sources)] : undefined',
    to: "const drafts = text ? [{ ...formDraft(dialog, text, sources), audience: 'public' as const }] : undefined",
  },
]

export function findGuards(names: string): readonly Removal[] {
  return names.split(',').map((name) => {
    const guard = GUARDS.find((one) => one.name === name)
    if (!guard) throw new Error(`there is no guard \`${name}\``)
    return guard
  })
}

/** The source of a file without these guards. */
export const without = (guards: readonly Removal[], file: string, source: string): string =>
  guards.filter((guard) => guard.file === file).reduce((text, guard) => weaken(guard, text), source)
