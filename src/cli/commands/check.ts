// `content check`: lists every problem of a content folder by file and line, and runs every example.
import type { Example, Problem } from '#content'
import { formatProblem, loadContent } from '#content/load'
import { checkOutgoing } from '#releases'
import { tryExample, unheardLines } from '#releases/simulator'
import type { Moods } from '#understanding/classifier'
import { CONTENT, type Command, optionOf } from '../command.ts'
import { WrongUse } from '../json-lines.ts'
import { contentDir, openLocalEngine } from '../local-engine.ts'
import { checkTurns } from './check-turns.ts'

export const checkContent: Command = {
  usage: 'content check [DIR] [--turns FILE]',
  does: 'Every problem of the content by file and line, with what the gate would stop; tries every example of it. With recorded turns, each {"id", "facts"}: what no rule covers.',
  options: { ...CONTENT, turns: { type: 'string' } },
  async run(args, io) {
    if (args.rest.length > 1) throw new WrongUse(`expected one folder, not ${args.rest.length}`)
    const [dir = contentDir(args, io)] = args.rest
    const say = (problem: Problem) => io.output.write(`${formatProblem(problem)}\n`)
    const loaded = await loadContent(dir)
    if ('problems' in loaded) {
      loaded.problems.forEach(say)
      return 1
    }
    loaded.content.warnings.forEach(say)
    const stopped = loaded.texts.flatMap((text) =>
      checkOutgoing(loaded.content, text, loaded.files.find(({ path }) => path === text.file)?.text ?? ''),
    )
    stopped.forEach(say)
    const unsaid = stopped.filter(({ severity }) => severity === 'error').length
    const file = optionOf(args, 'turns')
    const uncovered = file === undefined ? 0 : await checkTurns(file, loaded.content, say, io)
    const engine = await openLocalEngine(dir, io, 'embedded')
    try {
      const { content, examples, context } = engine
      let failed = 0
      for (const example of examples) {
        const problem = await tryExample(context, example)
        if (problem === undefined) continue
        failed += 1
        say({ file: example.file, line: example.line, problem, severity: 'error' })
      }
      for (const problem of await unheardLines(context, examples)) say(problem)
      const { articles, dialogs, incidents, rules, version } = content
      if (engine.moods) io.errors.write(`${saidOf(engine.moods)}\n`)
      io.errors.write(
        `${articles.length} articles, ${dialogs.length} dialogs, ${rules.length} rules, ${incidents.length} incidents; version ${version}\n${counted(examples)}; ${failed} failed\n`,
      )
      return failed + uncovered + unsaid > 0 ? 1 : 0
    } finally {
      await engine.close()
    }
  },
}

const saidOf = ({ labels, byLabels, byRules }: Moods) =>
  `moods: read by ${byLabels > byRules ? 'labels' : 'rules'}; in messages kept back ${labels} labels hear them with ${byLabels.toFixed(2)}, rules with ${byRules.toFixed(2)} (macro-F1; 1: all right)`

function counted(examples: readonly Example[]): string {
  const count = (kind: Example['kind']) => examples.filter((example) => example.kind === kind).length
  return `tried ${count('policy')} examples of policies, ${count('incident')} of incidents, ${count('signal')} of signals, ${count('transcript')} transcripts, ${count('phrase')} phrases, ${count('question')} questions`
}
