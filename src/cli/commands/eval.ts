// `knowledge eval`: how well the articles answer labelled questions.
import { type AskedQuestion, askAll, auroc, coverageOf, isKnown, recallAt, reciprocalRank, upperBound } from '#answer'
import type { Audience } from '#domain'
import { CONTENT, type Command, optionOf } from '../command.ts'
import { WrongUse, writeLine } from '../json-lines.ts'
import { contentDir, openLocalEngine } from '../local-engine.ts'
import { readQuestions } from '../read-questions.ts'

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

export const knowledgeEval: Command = {
  usage: 'knowledge eval [--content DIR] --questions FILE [--json]',
  does: 'How well the articles answer labelled questions, {"question", "article"} a line (article null: no answer here).',
  options: { ...CONTENT, questions: { type: 'string' }, json: { type: 'boolean' } },
  async run(args, io) {
    const engine = await openLocalEngine(contentDir(args, io), io, 'embedded')
    try {
      const { content } = engine
      const file = optionOf(args, 'questions')
      if (file === undefined) throw new WrongUse('`--questions FILE` is missing')
      const questions = await readQuestions(file, content)
      const known = questions.filter(isKnown(content)).length
      if (known > 0) io.errors.write(`${known} of ${questions.length} questions stand in the articles word for word\n`)
      const asked = await askAll(engine.context.answer, questions)
      const all = asked.private
      const area = auroc(all)
      const report = {
        questions: all.length,
        answerable: all.filter((one) => one.article !== null).length,
        'recall@1': recallAt(1, all),
        'recall@3': recallAt(3, all),
        mrr: reciprocalRank(all),
        auroc: area ?? null,
        public: coverage(asked.public, content.brand.confidence.public),
        private: coverage(asked.private, content.brand.confidence.private),
      }
      if (args.options.json) await writeLine(io.output, report)
      else io.output.write(table(report))
      return 0
    } finally {
      await engine.close()
    }
  },
}

/** What happens at the configured threshold. `risk`: the share of answers that are wrong, and its 95 % upper bound. */
function coverage(asked: readonly AskedQuestion[], threshold: number | 'never') {
  const answered = asked.filter((one) => one.answered !== undefined)
  const wrong = answered.filter((one) => one.answered !== one.article)
  return {
    threshold,
    coverage: coverageOf(asked, answered.length - wrong.length),
    answered: answered.length,
    wrong: wrong.length,
    risk: answered.length === 0 ? 0 : wrong.length / answered.length,
    riskUpTo: upperBound(wrong.length, answered.length),
    wrongAnswers: wrong.map(({ question, article, answered: said, confidence }) => ({
      question,
      article,
      answered: said,
      confidence,
    })),
  }
}

type Report = {
  readonly questions: number
  readonly answerable: number
  readonly 'recall@1': number
  readonly 'recall@3': number
  readonly mrr: number
  readonly auroc: number | null
} & { readonly [audience in Audience]: ReturnType<typeof coverage> }

function table(report: Report): string {
  const audiences = (['public', 'private'] as const).flatMap((audience) => {
    const { threshold, coverage: share, answered, wrong, risk, riskUpTo, wrongAnswers } = report[audience]
    return [
      `${audience}, from confidence ${threshold}: covers ${percent(share)} of the answerable; ${answered} answered, ${wrong} wrong (${percent(risk)}; 95 % certain: at most ${percent(riskUpTo)})`,
      ...wrongAnswers.map(
        (one) =>
          `  wrong: “${one.question}” answered with ${one.answered} (${one.confidence.toFixed(2)}); ${one.article ?? 'not answerable'}`,
      ),
    ]
  })
  return `${[
    `questions ${report.questions}, answerable ${report.answerable}`,
    `recall@1 ${percent(report['recall@1'])}, recall@3 ${percent(report['recall@3'])}, MRR ${report.mrr.toFixed(3)}, AUROC ${report.auroc?.toFixed(3) ?? 'needs answerable and unanswerable questions'}`,
    ...audiences,
  ].join('\n')}\n`
}
