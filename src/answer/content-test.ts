// Tests the content with its own questions: each article must win its questions, each dialog its phrases.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Content, Problem } from '#content'
import { confidenceThreshold } from '#policy'
import { openLocalNlu } from '#understanding/local-nlu'
import type { SearchEngine } from '#understanding/retrieval'
import { openAnswer } from './extractive.ts'

/** What does not hold, by file and line; empty when all does. */
export async function testContent({
  finder,
  content,
}: {
  readonly finder: SearchEngine
  readonly content: Content
}): Promise<Problem[]> {
  return [...(await checkArticles(finder, content)), ...(await checkDialogs(finder, content))]
}

async function checkArticles(finder: SearchEngine, content: Content): Promise<Problem[]> {
  const answer = await openAnswer({ finder, content })
  const problems: Problem[] = []
  for (const article of content.articles) {
    const say = await speaker(content, `knowledge/${article.id}.md`, problems)
    const forAgent = article.audience === 'internal'
    const audience = article.audience === 'public' ? 'public' : 'private'
    for (const text of article.questions) {
      const { ranking, confidence, by } = await answer.find({ text, audience, forAgent })
      const bar = forAgent ? content.brand.confidence.draft : confidenceThreshold(content.brand, audience, by)
      const winner = ranking[0]?.article
      if (winner !== article.id) say(text, `\`${text}\` is won by \`${winner ?? 'nothing'}\``, 'error')
      else if (confidence < bar)
        say(text, `\`${text}\` is found with ${confidence.toFixed(2)} only; ${bar} is needed to answer`, 'warning')
    }
    for (const text of article.not) {
      const { ranking } = await answer.find({ text, audience, forAgent })
      if (ranking[0]?.article === article.id)
        say(text, `\`${text}\` is won by this article, although \`not\` lists it`, 'error')
    }
  }
  return problems
}

async function checkDialogs(finder: SearchEngine, content: Content): Promise<Problem[]> {
  const { understand } = await openLocalNlu({ finder, content })
  const problems: Problem[] = []
  for (const dialog of content.dialogs) {
    const say = await speaker(content, `dialogs/${dialog.id}.yaml`, problems)
    for (const text of dialog.phrases) {
      const { intent } = await understand({ text, audience: 'private', channel: 'playground', history: [] })
      if (intent !== dialog.id)
        say(text, `\`${text}\` is ${intent === 'none' ? 'not recognised' : `taken for \`${intent}\``}`, 'error')
    }
  }
  return problems
}

/** Notes a problem at the line of the file where the text stands. */
async function speaker(content: Content, file: string, problems: Problem[]) {
  const lines = (await readFile(join(content.dir, file), 'utf8').catch(() => '')).split('\n')
  return (text: string, problem: string, severity: Problem['severity']) => {
    const line = lines.findIndex((one) => one.includes(text)) + 1
    problems.push({ file, line: Math.max(1, line), problem, severity })
  }
}
