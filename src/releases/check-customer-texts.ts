// Takes every customer text of a content through the gate, as it would be sent.
import { answersOf, passagesOf } from '#answer'
import { type Content, gateContextOf, type OutgoingText, type Problem } from '#content'
import { CAPABILITIES, type ReplyDraft } from '#domain'
import { checkReply, type GateFinding, privateSource, publicSource } from '#gate'
import { textLength } from '#lib'
import { applyVoice, voiceOf } from '#policy'

type Where = OutgoingText['where'][number]
type Stopped = { readonly text: string; readonly finding: GateFinding; readonly where: Where }

/** Reading the files has told of these already. */
const TOLD: readonly string[] = ['length', 'avoid', 'link']

/** The drafts that are made of a text in one place. */
function draftsOf(text: OutgoingText, { articles, brand }: Content, { channel, audience }: Where): ReplyDraft[] {
  if ('draft' in text) return [{ ...text.draft, audience }]
  const article = articles.find(({ id }) => id === text.article)
  if (!article) return []
  const law = CAPABILITIES[channel][audience]
  const passages = passagesOf(article, brand.help)
  const sources = article.audience === 'public' ? publicSource(...passages) : privateSource(...passages)
  return answersOf(article, brand.help, { audience, ...(law && { law }) }).map((answer) => {
    const draft: ReplyDraft = { text: answer, audience, author: 'bot', sources }
    return draft
  })
}

/** What the gate stops, with the file and line of the words. `source`: the text of the file. */
export function checkOutgoing(content: Content, text: OutgoingText, source: string): Problem[] {
  const { brand } = content
  const base = gateContextOf(content)
  const language = brand.languages[0] ?? 'en'
  const seen = new Set<string>()
  let places = 0
  const stopped: Stopped[] = []
  for (const where of text.where) {
    const { channel, audience } = where
    const tone = voiceOf(brand.voice, { ...where, language })
    const law = CAPABILITIES[channel][audience]
    const fits = (said: string) => !law || textLength(said, law.unit) <= law.limit
    for (const draft of draftsOf(text, content, where)) {
      const spoken = draft.author === 'form' ? { ...tone, say: {} } : tone
      // Agents speak in their own voice.
      const said = draft.author === 'agent' ? draft.text : applyVoice(draft.text, spoken, fits)
      const key = JSON.stringify([said, audience])
      if (seen.has(key)) continue
      seen.add(key)
      places += 1
      const context = {
        ...base,
        channel,
        known: [],
        avoid: [...base.avoid, ...(tone.avoid ?? [])],
        ...(law && { law }),
      }
      const { findings } = checkReply({ ...draft, text: said }, context)
      const told = 'draft' in text ? TOLD : ['link']
      const own = findings.filter(({ rule }) => !told.includes(rule))
      stopped.push(...own.map((finding) => ({ text: said, finding, where })))
    }
  }
  const everywhere = new Set(stopped.map(({ text, where }) => JSON.stringify([text, where.audience]))).size === places
  // An article that can be said somewhere answers there; a sentence of the brand's own is missed wherever it is due.
  const isNever = 'draft' in text || (everywhere && stopped.some(({ finding }) => finding.rule !== 'avoid'))
  const groups = Map.groupBy(
    stopped,
    ({ text, finding }) => `${finding.rule}: ${text.slice(finding.start, finding.end)}`,
  )
  return [...groups.values()].flatMap((group): Problem[] => {
    const [first] = group
    if (!first) return []
    const { finding } = first
    const words = first.text.slice(finding.start, finding.end)
    const audiences = [...new Set(group.map(({ where }) => where.audience))].join(' and in ')
    const short = words.length > 60 ? `${words.slice(0, 60)}…` : words
    return [
      {
        file: text.file,
        line: lineOf(source, text.line, words),
        problem: `the gate stops this in ${audiences} (\`${finding.rule}\`): “${short}”: ${finding.because}`,
        severity: isNever ? 'error' : 'warning',
      },
    ]
  })
}

/** The line at or after `from` where the words stand; `from` where they are put together from several. */
function lineOf(source: string, from: number, words: string): number {
  const [first = ''] = words.split('\n')
  const lines = source.split('\n').slice(from - 1)
  const at = lines.findIndex((line) => first.trim() !== '' && line.includes(first.trim().slice(0, 40)))
  return from + Math.max(0, at)
}
