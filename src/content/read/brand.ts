// Reads `policies/brand.yaml`.

import { quickReplyProblem } from '#dialog'
import { CHANNELS } from '#domain'
import { type Brand, brandFile, SAYINGS } from '#policy'
import { type OutgoingText, templateDraft } from '../check/customer-texts.ts'
import { AUDIENCES, channelsFor, checkLength } from '../check/text-fit.ts'
import { checkLinks, checkPlaceholders, checkWords, placeholders } from '../check/texts.ts'
import type { Problem } from '../content.ts'
import type { ContentFile } from './content-paths.ts'
import { type LineOf, readYaml } from './yaml.ts'

export const BRAND_FILE = 'policies/brand.yaml'

export function readBrand(file: ContentFile): {
  brand?: Brand
  problems: readonly Problem[]
  texts: readonly OutgoingText[]
  lineOf: LineOf
} {
  const read = readYaml(file.path, file.text, brandFile)
  const problems: Problem[] = [...read.problems]
  const brand = read.value
  if (!brand) return { problems, texts: [], lineOf: read.lineOf }
  const texts: OutgoingText[] = []
  const say = (path: readonly PropertyKey[], problem: string, severity: Problem['severity'] = 'error') =>
    problems.push({ file: file.path, line: read.lineOf(path), problem, severity })

  for (const [name, text] of Object.entries(brand.sayings)) {
    const means = SAYINGS[name as keyof typeof SAYINGS]
    if (text.trim() === '') say(['sayings', name], `the saying is empty; it means: ${means}`)
    for (const problem of checkPlaceholders(text, placeholders(means))) say(['sayings', name], problem)
    for (const { problem } of checkLinks(text, brand)) say(['sayings', name], problem, 'warning')
    const audiences = AUDIENCES.filter((audience) => !/^(public|private):/.test(means) || means.startsWith(audience))
    const place = { file: file.path, line: read.lineOf(['sayings', name]), where: channelsFor(audiences) }
    texts.push({ ...place, draft: templateDraft(text) })
    // What is said of a complaint stands before the news that a person takes over.
    const whole = name === 'complaint' ? `${text} ${brand.sayings['handed-over-closed']}` : text
    for (const problem of [...checkLength(whole, channelsFor(audiences), brand), ...checkWords(text, brand)])
      say(['sayings', name], problem, 'warning')
  }
  for (const button of ['yes', 'no'] as const) {
    const problem = quickReplyProblem(brand.sayings[button], button)
    if (problem) say(['sayings', button], `${problem}; until then confirmations have no buttons`, 'warning')
  }
  for (const [index, { channel }] of (brand.voice.where ?? []).entries())
    if (channel !== undefined && !CHANNELS.some((name) => name === channel))
      say(['voice', 'where', index, 'channel'], `there is no channel \`${channel}\``)
  const { lexical, draft, ...both } = brand.confidence
  if (draft < 0 || draft > 1) say(['confidence', 'draft'], `expected a number from 0 to 1, not \`${draft}\``)
  for (const [bars, place] of [
    [both, ['confidence']],
    [lexical, ['confidence', 'lexical']],
  ] as const) {
    if (!bars) continue
    for (const audience of AUDIENCES) {
      const bar = bars[audience]
      if (bar !== 'never' && (bar < 0 || bar > 1))
        say([...place, audience], `expected a number from 0 to 1, or \`never\`, not \`${bar}\``)
    }
    if (height(bars.public) < height(bars.private))
      say([...place, 'public'], 'expected `public` to be at least as high as `private`: more people read it', 'warning')
  }
  for (const audience of AUDIENCES) {
    const share = brand.risk?.[audience] ?? 0.01
    if (!(share > 0 && share <= 0.5))
      say(['risk', audience], `expected a share such as 0.01, at most 0.5, not \`${share}\``)
  }
  if (!isZone(brand.hours.zone))
    say(['hours', 'zone'], `\`${brand.hours.zone}\` is not a time zone; expected one such as \`Europe/London\``)
  for (const [name, minutes] of Object.entries(brand.due))
    if (minutes <= 0) say(['due', name], `expected more than 0 minutes, not \`${minutes}\``)
  for (const [name, time] of Object.entries(brand.clock))
    if (time <= 0) say(['clock', name], `expected more than 0, not \`${time}\`; leave the line out to switch it off`)
  return { brand, problems, texts, lineOf: read.lineOf }
}

const height = (bar: number | 'never') => (bar === 'never' ? Number.POSITIVE_INFINITY : bar)

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
