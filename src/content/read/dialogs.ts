// Reads one file of `dialogs/` and checks that every text of it can be filled in.
import { basename } from 'node:path'
import { type Dialog, dialogFile, patternProblem } from '#dialog'
import type { Brand } from '#policy'
import { formDraft, type OutgoingText } from '../check/customer-texts.ts'
import { channelsFor, checkLength } from '../check/text-fit.ts'
import { checkLinks, checkPlaceholders, checkWords } from '../check/texts.ts'
import type { Problem } from '../content.ts'
import type { ContentFile } from './content-paths.ts'
import { type LineOf, readYaml } from './yaml.ts'

export type ReadDialog = {
  readonly dialog?: Dialog
  readonly lineOf: LineOf
  readonly problems: readonly Problem[]
  readonly texts: readonly OutgoingText[]
}

export function readDialog(file: ContentFile, brand: Brand | undefined): ReadDialog {
  const read = readYaml(file.path, file.text, dialogFile)
  const id = basename(file.path, '.yaml')
  const problems: Problem[] = [...read.problems]
  const say = (path: readonly PropertyKey[], problem: string, severity: Problem['severity'] = 'error') =>
    problems.push({ file: file.path, line: read.lineOf(path), problem, severity })

  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || id === 'none')
    say(
      [],
      `\`${id}\` cannot be a dialog's name; expected lower-case words joined by dashes, such as \`order-status.yaml\``,
    )
  if (!read.value) return { lineOf: read.lineOf, problems, texts: [] }

  const dialog: Dialog = { ...read.value, id }
  checkNeeds(dialog, say)
  checkTexts(dialog, brand, say)
  dialog.examples.forEach((example, index) => {
    if (example.lines.every((line) => 'customer' in line))
      say(['examples', index, 'lines'], 'expected at least one line `bot:` or `outcome:`; this example checks nothing')
  })
  const kinds = {
    ...Object.fromEntries(dialog.needs.map(({ name, type }) => [name, type])),
    ...dialog.action?.expects,
  }
  const texts = textsOf(dialog).flatMap(({ path, text }): OutgoingText[] =>
    path.at(-1) === 'path' || text.trim() === ''
      ? []
      : [{ file: file.path, line: read.lineOf(path), where: PRIVATE, draft: formDraft(text, kinds) }],
  )
  return { dialog, lineOf: read.lineOf, problems, texts }
}

/** A form is filled in where only the customer reads along. */
const PRIVATE = channelsFor(['private'])

type Say = (path: readonly PropertyKey[], problem: string, severity?: Problem['severity']) => void

function checkNeeds(dialog: Dialog, say: Say): void {
  dialog.needs.forEach((need, index) => {
    const at = (key: string) => ['needs', index, key]
    if (dialog.needs.findIndex((other) => other.name === need.name) < index)
      say(at('name'), `there are two needs called \`${need.name}\``)
    if (need.pattern !== undefined) {
      if (need.type !== 'order' && need.type !== 'text')
        say(
          at('pattern'),
          `a need of type \`${need.type}\` is checked by its type; \`pattern\` is for \`order\` and \`text\``,
        )
      const problem = patternProblem(need.pattern)
      if (problem !== undefined) say(at('pattern'), problem)
    }
    if (need.type === 'choice' && Object.keys(need.choices ?? {}).length < 2)
      say(at('choices'), 'expected at least two `choices`, each with the words that mean it')
    if (need.type !== 'choice' && need.choices) say(at('choices'), '`choices` is for needs of type `choice`')
  })
  if (dialog.needs.length > 0 && !dialog.personal)
    say(['personal'], 'expected `personal: true`, because `needs` are asked for in private only')
  if (dialog.action && Object.keys(dialog.action.expects).length === 0)
    say(['action', 'expects'], 'expected at least one field of the answer, such as `status: text`')
}

function checkTexts(dialog: Dialog, brand: Brand | undefined, say: Say): void {
  checkCases(dialog, say)
  const needed = dialog.needs.filter((need) => !need.optional).map((need) => need.name)
  const answered = Object.keys(dialog.action?.expects ?? {})
  for (const name of answered.filter((one) => dialog.needs.some((need) => need.name === one)))
    say(['action', 'expects', name], `\`${name}\` is both a need and a field of the answer; rename one of them`)

  for (const { path, text } of textsOf(dialog)) {
    const allowed =
      path[0] === 'needs' ? [] : path[0] === 'say' || path[0] === 'say-when' ? [...needed, ...answered] : needed
    if (text.trim() === '') say(path, 'the text is empty')
    for (const problem of checkPlaceholders(text, allowed)) {
      const optional = dialog.needs.find((need) => need.optional && problem.includes(`\`{${need.name}}\``))
      say(path, optional ? `\`{${optional.name}}\` may be missing, because that need is optional` : problem)
    }
    if (path.at(-1) === 'path') continue
    const wrong = [...checkLinks(text, brand).map(({ problem }) => problem), ...checkLength(text, PRIVATE, brand)]
    for (const problem of [...wrong, ...(brand ? checkWords(text, brand) : [])]) say(path, problem, 'warning')
  }
}

function checkCases({ 'say-when': cases, say: otherwise, needs, action }: Dialog, say: Say): void {
  const known = [...needs.map(({ name }) => name), ...Object.keys(action?.expects ?? {})]
  for (const [index, { when }] of cases.entries())
    for (const name of Object.keys(when).filter((one) => !known.includes(one)))
      say(['say-when', index, 'when', name], `there is no need and no field of the answer called \`${name}\``)
  if (cases.length > 0 && otherwise === undefined) say(['say-when'], 'expected `say` too, for every other case')
}

/** Whatever of a dialog is filled in or said. */
function textsOf({
  needs,
  confirm,
  'confirm-again': again,
  say,
  'say-when': cases,
  action,
}: Dialog): { path: readonly PropertyKey[]; text: string }[] {
  const texts: [path: PropertyKey[], text: string | undefined][] = [
    [['confirm'], confirm],
    [['confirm-again'], again],
    [['action', 'path'], action?.path],
    [['action', 'not-found'], action?.['not-found']],
    [['say'], say],
    ...cases.map(({ say: own }, index): (typeof texts)[number] => [['say-when', index, 'say'], own]),
    ...needs.flatMap((need, index): typeof texts => [
      [['needs', index, 'ask'], need.ask],
      [['needs', index, 'invalid'], need.invalid],
      [['needs', index, 'cannot'], need.cannot],
    ]),
  ]
  return texts.flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]))
}
