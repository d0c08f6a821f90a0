// Warns where texts and rules name other sums than the caps under `promises` in brand.yaml.
import { moneyIn, offersAbove } from '#gate'
import type { Brand, Rule } from '#policy'
import type { Article } from '../article.ts'
import type { Problem } from '../content.ts'
import type { ContentFile } from '../read/content-paths.ts'
import type { ReadPolicy } from '../read/policies.ts'

const COMPENSATES = /(?<![\p{L}])(?:compensat|goodwill)/iu

/** `files`: of the articles, by their ids. */
export function checkCaps(
  { promises }: Pick<Brand, 'promises'>,
  policies: readonly ReadPolicy[],
  articles: readonly Article[],
  files: ReadonlyMap<string, ContentFile>,
): Problem[] {
  const cap = promises.compensation
  if (!cap) return []
  const allowed = `${cap.most} ${cap.currency}`
  const isCap = ({ amount, currencies }: ReturnType<typeof moneyIn>[number]) =>
    amount === cap.most && currencies.includes(cap.currency)
  /** Names sums of money, and the cap is none of them. */
  const isOther = (text: string) => {
    const sums = moneyIn(text)
    return sums.length > 0 && !sums.some(isCap)
  }
  const warning = (file: string, line: number, problem: string): Problem => ({
    file,
    line,
    problem,
    severity: 'warning',
  })

  const said = articles.flatMap(({ id, title, body, audience }): Problem[] => {
    const file = files.get(id)
    if (!file) return []
    const lines = file.text.split('\n')
    const from = lines.length - file.text.slice(file.text.lastIndexOf(body)).split('\n').length
    const own = lines.slice(from)
    // What colleagues read of compensation names the cap among its sums.
    if (audience === 'internal') {
      if (!COMPENSATES.test(`${title} ${body}`) || !isOther(body)) return []
      const at = own.findIndex((line) => moneyIn(line).length > 0)
      const problem = `it names sums, and none is the cap of compensation: at most ${allowed} in a case`
      return [warning(file.path, from + at + 1, problem)]
    }
    return own.flatMap((line, at) =>
      offersAbove(line, promises).map(({ because }) =>
        warning(file.path, from + at + 1, `it would not be sent: ${because}`),
      ),
    )
  })
  const ruled = policies.flatMap(({ rules, file, lineOf }) =>
    rules.flatMap(({ rule, path }): Problem[] => {
      const bounds = boundsOf(rule).filter((bound) => bound !== 0 && bound !== cap.most)
      const isAbout = rule.when.offered !== undefined || namesCompensation(rule)
      const named = (['because', 'say'] as const).filter((key) => isAbout && isOther(rule[key] ?? ''))
      const say = (at: readonly string[], problem: string) =>
        warning(file, lineOf([...path, ...at]), `rule \`${rule.id}\`: ${problem}`)
      return [
        ...bounds.map((bound) => say(['when', 'offered'], `it asks for ${bound} offered, and the cap is ${allowed}`)),
        ...named.map((key) => say([key], `\`${key}\` names a sum that is not the cap of ${allowed}`)),
      ]
    }),
  )
  return [...said, ...ruled]
}

const namesCompensation = ({ when }: Rule) => JSON.stringify(when.signals ?? '').includes('"compensation"')

/** The sums that a rule compares what was offered with. */
function boundsOf({ when: { offered } }: Rule): number[] {
  if (typeof offered === 'number') return [offered]
  if (typeof offered !== 'object' || Array.isArray(offered)) return []
  return Object.values(offered).flatMap((bound) => (typeof bound === 'number' ? [bound] : []))
}
