// `knowledge calibrate`: sets the confidence an answer needs, from labelled questions and a stated risk.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withConfidence } from './brand-file.ts'
import { CONTENT, type Command, type Given, optionOf } from './command.ts'
import { WrongUse, writeLine } from './lines.ts'
import { askAll, isKnown, readQuestions } from './questions.ts'
import { type Calibration, calibrate } from './risk.ts'
import { contentDir, openWorkshop } from './workshop.ts'

const percent = (share: number) => `${(share * 100).toFixed(2)} %`
const AUDIENCES = ['public', 'private'] as const

export const knowledgeCalibrate: Command = {
  usage: 'knowledge calibrate [--content DIR] --questions FILE --risk 0.01 [--private-risk 0.02] [--json]',
  does: 'Writes into brand.yaml the lowest confidences at which no more than this share of answers is wrong.',
  options: {
    ...CONTENT,
    questions: { type: 'string' },
    risk: { type: 'string' },
    'private-risk': { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(given, io) {
    const risk = riskOf(given, 'risk')
    if (risk === undefined) throw new WrongUse('`--risk` is missing; 0.01 lets one answer in a hundred be wrong')
    // Fewer people read a private answer, and they can ask back.
    const risks = { public: risk, private: riskOf(given, 'private-risk') ?? Math.min(0.5, risk * 2) }
    const shop = await openWorkshop(contentDir(given, io), io, 'embedded')
    try {
      const { content } = shop
      const file = join(content.dir, 'policies', 'brand.yaml')
      const text = await readFile(file, 'utf8').catch(() => {
        throw new WrongUse(`there is no \`${file}\` to write to`)
      })
      const questions = await readQuestions(optionOf(given, 'questions'), content)
      const known = isKnown(content)
      const fresh = questions.filter((question) => !known(question))
      if (fresh.length < questions.length)
        io.errors.write(
          `${questions.length - fresh.length} questions stand in the articles word for word and are left out\n`,
        )

      const asked = await askAll(shop.mind, fresh)
      const found = {
        public: calibrate(asked.public, risks.public),
        private: calibrate(asked.private, risks.private),
      }
      if (given.options.json) await writeLine(io.output, found)
      else
        for (const audience of AUDIENCES) io.output.write(`${audience}: ${inWords(found[audience], risks[audience])}\n`)
      if ('needs' in found.public || 'needs' in found.private) {
        io.errors.write('nothing was written\n')
        return 1
      }
      const { threshold } = found.private
      const figures = {
        public: Math.max(found.public.threshold, threshold),
        private: threshold,
        draft: Math.min(content.brand.confidence.draft, threshold),
      }
      await writeFile(file, withConfidence(text, figures))
      io.errors.write(`written to ${file}\n`)
      return 0
    } finally {
      await shop.close()
    }
  },
}

function riskOf(given: Given, name: string): number | undefined {
  const typed = optionOf(given, name)
  if (typed === undefined) return undefined
  const risk = Number(typed)
  if (!(risk > 0 && risk <= 0.5)) throw new WrongUse(`\`--${name}\`: expected a share such as 0.01, not \`${typed}\``)
  return risk
}

function inWords(found: Calibration, risk: number): string {
  if ('needs' in found)
    return `a risk of ${percent(risk)} cannot be proven; it needs at least ${found.needs} more labelled questions that are answered`
  const { threshold, answered, wrong, riskUpTo, coverage } = found
  return `confidence ${threshold}: covers ${percent(coverage)} of the answerable; ${answered} answered, ${wrong} wrong; 95 % certain that at most ${percent(riskUpTo)} are (asked for: ${percent(risk)})`
}
