// Reads `policies/brand.yaml`.
import { CHANNELS } from '#conversation'
import { type Brand, brandFile, SAYINGS } from '#policy'
import type { Problem } from './content.ts'
import type { ContentFile } from './files.ts'
import { AUDIENCES, checkLength, placesFor } from './lengths.ts'
import { checkLinks, checkPlaceholders, checkWords, placeholders } from './texts.ts'
import { readYaml } from './yaml.ts'

export const BRAND_FILE = 'policies/brand.yaml'

export function readBrand(file: ContentFile): { brand?: Brand; problems: readonly Problem[] } {
  const read = readYaml(file.path, file.text, brandFile)
  const problems: Problem[] = [...read.problems]
  const brand = read.value
  if (!brand) return { problems }
  const say = (path: readonly PropertyKey[], problem: string, severity: Problem['severity'] = 'error') =>
    problems.push({ file: file.path, line: read.lineOf(path), problem, severity })

  for (const [name, text] of Object.entries(brand.sayings)) {
    const means = SAYINGS[name as keyof typeof SAYINGS]
    if (text.trim() === '') say(['sayings', name], `the saying is empty; it means: ${means}`)
    for (const problem of checkPlaceholders(text, placeholders(means))) say(['sayings', name], problem)
    for (const { problem } of checkLinks(text, brand)) say(['sayings', name], problem, 'warning')
    const audiences = AUDIENCES.filter((audience) => !/^(public|private):/.test(means) || means.startsWith(audience))
    // What is said of a complaint stands before the news that a person takes over.
    const whole = name === 'complaint' ? `${text} ${brand.sayings['handed-over-closed']}` : text
    for (const problem of [...checkLength(whole, placesFor(audiences)), ...checkWords(text, brand)])
      say(['sayings', name], problem, 'warning')
  }
  for (const [index, { channel }] of (brand.voice.where ?? []).entries())
    if (channel !== undefined && !CHANNELS.some((name) => name === channel))
      say(['voice', 'where', index, 'channel'], `there is no channel \`${channel}\``)
  for (const [name, value] of Object.entries(brand.confidence))
    if (value < 0 || value > 1) say(['confidence', name], `expected a number from 0 to 1, not \`${value}\``)
  if (brand.confidence.public < brand.confidence.private)
    say(
      ['confidence', 'public'],
      'expected `public` to be at least as high as `private`: more people read it',
      'warning',
    )
  if (!isZone(brand.hours.zone))
    say(['hours', 'zone'], `\`${brand.hours.zone}\` is not a time zone; expected one such as \`Europe/London\``)
  for (const [name, minutes] of Object.entries(brand.due))
    if (minutes <= 0) say(['due', name], `expected more than 0 minutes, not \`${minutes}\``)
  for (const [name, time] of Object.entries(brand.clock))
    if (time <= 0) say(['clock', name], `expected more than 0, not \`${time}\`; leave the line out to switch it off`)
  return { brand, problems }
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
