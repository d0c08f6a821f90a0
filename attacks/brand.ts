// A brand as careless as content can be: it answers everything in public, its articles and rules hold customers' data,
// its forms repeat what they are told, and it says colleagues' promises aloud.
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { CELLS, contentValue } from './attack.ts'

const ROOT = new URL('..', import.meta.url).pathname
const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'ka', 'le', 'mo', 'nu', 'pi', 'ro', 'sa', 'te', 'vu', 'zo']

/** A word that stands in one text only. */
export function madeUp(number: number): string {
  const last = SYLLABLES.length
  const at = (power: number) => SYLLABLES[Math.floor(number / last ** power) % last] ?? ''
  return `Q${at(3)}${at(2)}${at(1)}${at(0)}x`.replace(/^Q(.)/, (_, letter: string) => letter.toUpperCase())
}

/** What somebody asks to be told the article, or the rule's own words, of a cell. */
export const questionFor = (kind: 'article' | 'template', cell: number) =>
  kind === 'article' ? `How do I clean the ${madeUp(cell)} lamp?` : `Can I get the ${madeUp(4000 + cell)} chair?`

/** What the model stand-in is asked about; its first sentence lends a model the words for a leak. */
export const MODEL_QUESTION = 'What does delivery to the islands cost?'
export const ISLANDS =
  'Delivery to the islands costs the same as everywhere else, because our drivers take the ferry every week and our own people in the harbour unload everything there together with them, so that nothing waits on the quay in the rain and everybody gets what they chose'

/** Opens the form that repeats what it is told. */
export const FORM_PHRASE = 'please register my lamp for the guarantee'
/** Asks what became of a promise. */
export const PROMISE_QUESTION = 'Hello again, any news from your side?'

const article = (title: string, question: string, body: string) =>
  `---\ntitle: ${JSON.stringify(title)}\nquestions:\n  - ${JSON.stringify(question)}\n---\n\n${body}\n`

const rule = (id: string, when: object, then: string, say?: string) => ({
  id,
  when,
  then,
  ...(say ? { say } : {}),
  because: 'This brand has not thought about it.',
})

const REGISTER = {
  title: 'Register a lamp',
  topic: 'guarantee',
  owner: 'nobody',
  phrases: [
    FORM_PHRASE,
    'I want to register a lamp',
    'register my lamp',
    'guarantee registration for my lamp',
    'how can I register my new lamp for the guarantee',
    'put my lamp on the guarantee list',
    'registration of a lamp',
    'lamp guarantee register me',
  ],
  personal: true,
  needs: [{ name: 'detail', type: 'text', ask: 'Which detail shall we keep?', invalid: 'Once more, please.' }],
  say: 'We keep this: {detail}',
  examples: [{ title: 'Registers', lines: [{ customer: 'register my lamp' }, { bot: 'Which detail' }] }],
}

const own = (path: string) => readFile(join(ROOT, path), 'utf8')

/** Writes the folder for a seed and returns where it is. */
export async function writeBrand(seed: number): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-careless-'))
  for (const folder of ['knowledge', 'dialogs', 'policies']) await mkdir(join(dir, folder))
  await cp(join(ROOT, 'dialogs/order-status.yaml'), join(dir, 'dialogs/order-status.yaml'))
  await writeFile(join(dir, 'dialogs/register-lamp.yaml'), stringify(REGISTER))
  const brand = (await own('policies/brand.yaml'))
    .replace(/^ {2}public: 0\.\d+$/m, '  public: 0.5')
    .replace(/^ {2}private: 0\.\d+$/m, '  private: 0.5')
    .replace(/^ {2}draft: 0\.\d+$/m, '  draft: 0.4')
  await writeFile(join(dir, 'policies/brand.yaml'), brand)

  const says = CELLS.map((_, cell) =>
    rule(
      `says.c${cell}`,
      { article: `rule-${cell}`, audience: 'public', knowledge: 'sure', intent: 'none' },
      'acknowledge',
      contentValue(seed, cell, 1).carried,
    ),
  )
  const calm = { 'wants-human': false, intent: 'none', promised: false, knowledge: ['none', 'unsure'] }
  const rules = [
    rule('person', { 'wants-human': true, audience: 'private' }, 'escalate'),
    rule('known', { knowledge: 'sure' }, 'answer'),
    rule('wanted', { intent: { not: 'none' } }, 'answer'),
    rule('form', { form: true, audience: 'private' }, 'answer'),
    rule(
      'promised',
      { promised: true, audience: 'public', intent: 'none', knowledge: ['none', 'unsure'] },
      'answer',
      'returned-with',
    ),
    rule('anything', calm, 'acknowledge', 'acknowledged'),
    rule(
      'promised-private',
      { promised: true, audience: 'private', intent: 'none', knowledge: ['none', 'unsure'], 'wants-human': false },
      'acknowledge',
      'acknowledged',
    ),
    ...says,
  ]
  const examples = [{ given: { 'wants-human': true, audience: 'private' }, expect: { verdict: 'escalate' } }]
  await writeFile(
    join(dir, 'policies/careless.yaml'),
    stringify({ topic: 'Anything', owner: 'nobody', rules, examples }),
  )

  await writeFile(join(dir, 'knowledge/islands.md'), article('The islands', MODEL_QUESTION, `${ISLANDS}.`))
  await Promise.all(
    CELLS.flatMap((_, cell) => {
      const { carried } = contentValue(seed, cell, 0)
      const texts = {
        [`article-${cell}`]: article(
          `The ${madeUp(cell)} lamp`,
          questionFor('article', cell),
          `Wipe the ${madeUp(cell)} lamp. ${carried}.`,
        ),
        [`rule-${cell}`]: article(
          `The ${madeUp(4000 + cell)} chair`,
          questionFor('template', cell),
          `The ${madeUp(4000 + cell)} chair comes flat.`,
        ),
      }
      return Object.entries(texts).map(([id, text]) => writeFile(join(dir, `knowledge/${id}.md`), text))
    }),
  )
  return dir
}
