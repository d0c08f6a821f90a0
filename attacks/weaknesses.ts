// What holds a leak back, one line of source each: taken out for testing the attacks themselves.
import { readFileSync } from 'node:fs'
import { type Weakness, weaken } from '../chaos/weaknesses.ts'

type Guard = Pick<Weakness, 'name' | 'file' | 'from' | 'to'>

export const GUARDS: readonly Guard[] = [
  {
    name: 'gate',
    file: 'src/gate/check-reply.ts',
    from: "if (findings.some(({ absolute }) => absolute || !overrides)) return { verdict: 'block', audience, findings }",
    to: '',
  },
  {
    name: 'grounding',
    file: 'src/answer/llm-answer.ts',
    from: 'const ungrounded = findBeyond(own, passages, question.audience)',
    to: 'const ungrounded = undefined',
  },
  {
    name: 'forms-in-private',
    file: 'src/turn/plan/form.ts',
    from: 'const drafts = text ? [formDraft(dialog, text, sources)] : undefined',
    to: "const drafts = text ? [{ ...formDraft(dialog, text, sources), audience: 'public' as const }] : undefined",
  },
]

export function findGuards(names: string): readonly Guard[] {
  return names.split(',').map((name) => {
    const guard = GUARDS.find((one) => one.name === name)
    if (!guard) throw new Error(`there is no guard \`${name}\``)
    return guard
  })
}

/** The source of a file without these guards. */
export const without = (guards: readonly Guard[], file: string, source: string): string =>
  guards.filter((guard) => guard.file === file).reduce((text, guard) => weaken(guard, text), source)

/** Throws if a guard is no longer where the table says. */
export function checkGuard(guard: Guard): void {
  weaken(guard, readFileSync(new URL(`../${guard.file}`, import.meta.url), 'utf8'))
}
