import { readFileSync } from 'node:fs'
import { parse } from '@babel/parser'
import type { Node, TSPropertySignature, TSType } from '@babel/types'
import { type GeneratedPage, generatedFrom, tableOf } from './page.ts'

const SOURCE = 'src/domain/history.ts'

type Field = { readonly name: string; readonly type: string; readonly isOptional: boolean; readonly means: string }
/** One member of the union. It may stand for several types of event, and take fields over from named types. */
type Member = {
  readonly types: readonly string[]
  readonly fields: readonly Field[]
  readonly from: readonly string[]
  readonly means: string
}

const commentOf = ({ leadingComments }: Pick<Node, 'leadingComments'>): string =>
  (leadingComments ?? [])
    .map(({ value }) => value.replaceAll(/^\s*\*+/gm, ' '))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

const printed = (source: string, { start, end }: Node): string =>
  source
    .slice(start ?? 0, end ?? 0)
    .replaceAll(/\breadonly /g, '')
    .replaceAll(/\s+/g, ' ')

const partsOf = (type: TSType): readonly TSType[] => {
  if (type.type === 'TSParenthesizedType') return partsOf(type.typeAnnotation)
  return type.type === 'TSIntersectionType' || type.type === 'TSUnionType' ? type.types : [type]
}

const propertiesOf = (type: TSType): readonly TSPropertySignature[] =>
  type.type === 'TSTypeLiteral' ? type.members.filter((one) => one.type === 'TSPropertySignature') : []

const nameOf = ({ key }: TSPropertySignature): string => (key.type === 'Identifier' ? key.name : '')

const wordsOf = (type: TSType | undefined): readonly string[] =>
  type === undefined
    ? []
    : partsOf(type).flatMap((one) =>
        one.type === 'TSLiteralType' && one.literal.type === 'StringLiteral' ? [one.literal.value] : [],
      )

function memberOf(source: string, type: TSType): Member {
  const parts = partsOf(type)
  const properties = parts.flatMap(propertiesOf)
  const kind = properties.find((one) => nameOf(one) === 'type')
  const fields = properties
    .filter((one) => one !== kind)
    .map((one) => ({
      name: nameOf(one),
      type: one.typeAnnotation ? printed(source, one.typeAnnotation.typeAnnotation) : '',
      isOptional: one.optional === true,
      means: commentOf(one),
    }))
  return {
    types: wordsOf(kind?.typeAnnotation?.typeAnnotation),
    fields,
    from: parts.flatMap((part) => (part.type === 'TSTypeReference' ? [printed(source, part)] : [])),
    means: [commentOf(type), kind ? commentOf(kind) : ''].filter(Boolean).join(' '),
  }
}

function membersOf(source: string): readonly Member[] {
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] })
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'TSTypeAliasDeclaration')
      continue
    const { id, typeAnnotation } = statement.declaration
    if (id.name !== 'HistoryEvent') continue
    const [, union] = partsOf(typeAnnotation)
    if (union) return partsOf(union).map((one) => memberOf(source, one))
  }
  throw new Error(`\`${SOURCE}\` has no type HistoryEvent of the shape that this page knows`)
}

function rowOf({ types, fields, from, means }: Member): readonly string[] {
  const listed = fields.map(({ name, type, isOptional }) => `\`${name}${isOptional ? '?' : ''}: ${type}\``)
  const notes = fields.flatMap(({ name, means: said }) => (said === '' ? [] : [`\`${name}\`: ${said}`]))
  return [
    types.map((type) => `\`${type}\``).join('<br>'),
    [...listed, ...from.map((name) => `the fields of \`${name}\``)].join('<br>'),
    [means, ...notes].filter(Boolean).join('<br>'),
  ]
}

export const eventsPage: GeneratedPage = {
  path: 'docs/reference/events.md',
  text: () => {
    const source = readFileSync(new URL(`../../${SOURCE}`, import.meta.url), 'utf8')
    return `# Events of a history

${generatedFrom(SOURCE)}

A customer's history in Redis is a list of these events, oldest first. The trace of a case shows them, and \`GET /api/cases/:id\` returns them.
Each has \`type\`, \`at\` (milliseconds since 1970), \`caseId\` and \`schema\`. A field with \`?\` may be absent; older records lack fields that came later.

${tableOf(['type', 'fields', 'meaning'], membersOf(source).map(rowOf))}
`
  },
}
