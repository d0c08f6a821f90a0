import { readFileSync } from 'node:fs'
import { type GeneratedPage, generatedFrom, tableOf } from './page.ts'

type Variable = { readonly name: string; readonly value: string; readonly means: string }
type Section = { readonly title: string; readonly variables: readonly Variable[] }

const TITLE = /^# -- (.+)$/
const VARIABLE = /^# ([A-Za-z_]+)=(\S*)\s*(.*)$/
const CONTINUED = /^#\s{4,}(\S.*)$/

/** The sections of `.env.example`, each with its variables. */
function sectionsOf(text: string): readonly Section[] {
  const sections: { title: string; variables: Variable[] }[] = []
  for (const line of text.split('\n')) {
    const [, title] = TITLE.exec(line) ?? []
    const [, name, value = '', means = ''] = VARIABLE.exec(line) ?? []
    const [, more] = CONTINUED.exec(line) ?? []
    const last = sections.at(-1)
    if (title) sections.push({ title, variables: [] })
    else if (name) last?.variables.push({ name, value, means })
    else if (more && last) {
      const before = last.variables.pop()
      if (before) last.variables.push({ ...before, means: `${before.means} ${more}`.trim() })
    }
  }
  return sections
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const sectionText = ({ title, variables }: Section): string => {
  const rows = variables.map(({ name, value, means }) => [`\`${name}\``, value === '' ? '' : `\`${value}\``, means])
  return `## ${capital(title)}\n\n${tableOf(['variable', 'default', 'meaning'], rows)}`
}

export const environmentPage: GeneratedPage = {
  path: 'docs/reference/environment.md',
  text: () => {
    const sections = sectionsOf(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8'))
    return `# Environment variables

${generatedFrom('.env.example')}

Everything is optional. A variable without a default is off, or is chosen as its meaning says. An empty variable counts as absent.
A wrong value stops the start with the variable's name. Dialogs may name further variables for the services that they look things up in.

${sections.map(sectionText).join('\n\n')}
`
  },
}
