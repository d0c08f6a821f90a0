// `knowledge calibrate`: sets the confidence an answer needs, from labelled questions and a stated risk.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  askAll,
  type Calibration,
  calibrate,
  engineOf,
  isKnown,
  type LabelledQuestion,
  type LabelledScore,
  listedQuestions,
  nearMisses,
  ofEngine,
  type RiskStep,
  riskSteps,
} from '#answer'
import type { Audience } from '#domain'
import type { TurnContext } from '#turn'
import { CONTENT, type Command, optionOf, type ParsedArguments } from '../command.ts'
import { withValues } from '../edit-brand-yaml.ts'
import { type Streams, WrongUse, writeLine } from '../json-lines.ts'
import { contentDir, type LocalEngine, openLocalEngine } from '../local-engine.ts'
import { readQuestions } from '../read-questions.ts'

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`
const AUDIENCES = ['public', 'private'] as const

export const knowledgeCalibrate: Command = {
  usage: 'knowledge calibrate [--content DIR] [--questions FILE] [--risk 0.01] [--private-risk 0.02] [--json]',
  does: 'Writes into brand.yaml from which confidence no more than this share of answers is wrong, or `never`.',
  options: {
    ...CONTENT,
    questions: { type: 'string' },
    risk: { type: 'string' },
    'private-risk': { type: 'string' },
    json: { type: 'boolean' },
  },
  async run(args, io) {
    const engine = await openLocalEngine(contentDir(args, io), io, 'embedded')
    try {
      const { content } = engine
      const risks = risksOf(args, content.brand.risk)
      const file = join(content.dir, 'policies', 'brand.yaml')
      const text = await readFile(file, 'utf8').catch(() => {
        throw new WrongUse(`there is no \`${file}\` to write to`)
      })
      const questions = await gather(optionOf(args, 'questions'), engine, io)
      const { by, asked } = await askBoth(engine.context, questions, io)
      const prove = (labelled: Record<Audience, readonly LabelledScore[]>) => ({
        public: calibrate(labelled.public, risks.public),
        private: calibrate(labelled.private, risks.private),
      })
      const found = { ...prove(asked.model), lexical: prove(asked.words) }
      const supports = {
        public: riskSteps(asked.model.public),
        private: riskSteps(asked.model.private),
      }
      if (args.options.json) await writeLine(io.output, { ...found, supports, model: by, questions: questions.length })
      else {
        for (const audience of AUDIENCES) {
          io.output.write(`${audience}: ${inWords(found[audience], risks[audience])}\n`)
          for (const step of supports[audience]) io.output.write(`  ${stepInWords(step)}\n`)
          io.output.write(
            `  words alone, at ${percent(risks[audience])}: ${inWords(found.lexical[audience], risks[audience])}\n`,
          )
        }
      }
      await writeFile(file, written(text, { risks, found, by, draft: content.brand.confidence.draft }))
      io.errors.write(`written to ${file}\n`)
      return 'needs' in found.public || 'needs' in found.private ? 1 : 0
    } finally {
      await engine.close()
    }
  },
}

type Risks = Record<Audience, number>

/** What was typed, else what brand.yaml states. Fewer people read a private answer, and they can ask back. */
function risksOf(args: ParsedArguments, stated: Risks | undefined): Risks {
  const typed = riskOf(args, 'risk')
  const risk = typed ?? stated?.public
  if (risk === undefined)
    throw new WrongUse('`--risk` is missing, and brand.yaml states none; 0.01 lets one answer in a hundred be wrong')
  return {
    public: risk,
    private:
      riskOf(args, 'private-risk') ?? (typed === undefined ? stated?.private : undefined) ?? Math.min(0.5, risk * 2),
  }
}

function riskOf(args: ParsedArguments, name: string): number | undefined {
  const typed = optionOf(args, name)
  if (typed === undefined) return undefined
  const risk = Number(typed)
  if (!(risk > 0 && risk <= 0.5)) throw new WrongUse(`\`--${name}\`: expected a share such as 0.01, not \`${typed}\``)
  return risk
}

/** The file's questions, else those that the articles list; with near misses, unless the file has unanswerable ones. */
async function gather(
  file: string | undefined,
  { content }: LocalEngine,
  { errors }: Streams,
): Promise<LabelledQuestion[]> {
  if (file === undefined) {
    const listed = listedQuestions(content)
    errors.write(
      `${listed.length} questions that the articles list, each as if it were not listed, and once more without its article. ` +
        'Their owners wrote them: labelled questions of customers (`--questions FILE`) prove more\n',
    )
    return [...listed, ...nearMisses(listed)]
  }
  const questions = await readQuestions(file, content)
  const known = isKnown(content)
  const fresh = questions.filter((question) => !known(question))
  if (fresh.length < questions.length)
    errors.write(`${questions.length - fresh.length} questions stand in the articles word for word and are left out\n`)
  if (fresh.some(({ article }) => article === null)) return fresh
  errors.write(
    'no question is marked as not answerable (`"article": null`): each is asked once more without its article\n',
  )
  return [...fresh, ...nearMisses(fresh)]
}

async function askBoth(context: TurnContext, questions: readonly LabelledQuestion[], { errors }: Streams) {
  const progress = (done: number) => {
    if (done % 200 === 0) errors.write(`${done} of ${questions.length} questions asked\n`)
  }
  const model = await askAll(context.answer, questions, { progress })
  const words = await askAll(context.answer, questions, { lexicalOnly: true })
  const by = engineOf(model)
  return { by, asked: { model: ofEngine(model, by), words: ofEngine(words, 'lexical') } }
}

function stepInWords({ risk, found }: RiskStep): string {
  return 'needs' in found
    ? `at ${percent(risk)}: ${found.needs} more labelled questions that are answered, at least`
    : `at ${percent(risk)}: from confidence ${found.threshold}, covers ${percent(found.coverage)}`
}

type Found = Record<Audience, Calibration> & { readonly lexical: Record<Audience, Calibration> }

function written(
  text: string,
  {
    risks,
    found,
    by,
    draft,
  }: { readonly risks: Risks; readonly found: Found; readonly by: string; readonly draft: number },
): string {
  const barIn = (one: Calibration) => ('needs' in one ? Number.POSITIVE_INFINITY : one.threshold)
  const inYaml = (bar: number) => (Number.isFinite(bar) ? String(bar) : 'never')
  const bars = (both: Record<Audience, Calibration>) => ({
    // What is sure enough for everybody is sure enough for one.
    public: inYaml(Math.max(barIn(both.public), barIn(both.private))),
    private: inYaml(barIn(both.private)),
  })
  const lexical = bars(found.lexical)
  const values = {
    ...(by === 'lexical' ? {} : bars(found)),
    draft: String(Math.min(draft, barIn(found.private))),
    lexical: `{ public: ${lexical.public}, private: ${lexical.private} }`,
    ...(by === 'lexical' ? {} : { model: by }),
  }
  return withValues(withValues(text, 'confidence', values), 'risk', {
    public: String(risks.public),
    private: String(risks.private),
  })
}

function inWords(found: Calibration, risk: number): string {
  if ('needs' in found)
    return `a risk of ${percent(risk)} cannot be proven: the bot drafts for agents. It needs at least ${found.needs} more labelled questions that are answered`
  const { threshold, answered, wrong, riskUpTo, coverage } = found
  return `confidence ${threshold}: covers ${percent(coverage)} of the answerable; ${answered} answered, ${wrong} wrong; 95 % certain that at most ${percent(riskUpTo)} are (asked for: ${percent(risk)})`
}
