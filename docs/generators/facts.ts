import { type FactReference, factReference } from '#policy'
import { type GeneratedPage, generatedFrom, tableOf } from './page.ts'

const rowOf = ({ fact, means, values, known, unknown }: FactReference) => [
  `\`${fact}\``,
  means,
  values,
  known === 'askable' || unknown.includes(' ') ? unknown : `\`${unknown}\``,
]

export const factsPage: GeneratedPage = {
  path: 'docs/reference/facts.md',
  text: () => `# Facts

${generatedFrom('src/policy/facts.ts')}

A rule's \`when\` names facts. [Rules](../policy-owners/rules.md) shows how. The last column is what a rule sees when nothing is known of the fact.

${tableOf(['fact', 'meaning', 'values', 'if unknown'], factReference().map(rowOf))}
`,
}
