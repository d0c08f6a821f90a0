// Turns an article's Markdown into plain text for social channels.
import markdownIt, { type Env, type Token } from 'markdown-it'

/** A part that stands or falls as a whole: a paragraph, or a list with the line that introduces it. */
export type Block = { readonly kind: 'paragraph' | 'list'; readonly text: string }

/** What is indented is no code: in articles that is a slip. Addresses are shown as they are written, or not at all. */
function openParser({ html }: { html: boolean }) {
  const parser = markdownIt({ html }).disable('code')
  parser.normalizeLink = parser.normalizeLinkText = (url) => url
  parser.validateLink = () => true
  return parser
}

const parser = openParser({ html: true })
/** For what is left of HTML once its tags are gone: more of it would be words. */
const withoutTags = openParser({ html: false })

/** The parts of an article, each with its heading; what stands before the first heading is a part of its own. */
export function toSections(markdown: string): string[] {
  const env: Env = {}
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n')
  const starts = parser
    .parse(lines.join('\n'), env)
    .flatMap(({ type, level, map }) => (type === 'heading_open' && level === 0 && map ? [map[0]] : []))
  return [0, ...starts]
    .map((start, at) => lines.slice(start, starts[at]).join('\n'))
    .map((part) => part + definitionsFor(part, env))
    .filter((part) => toBlocks(part).length > 0)
}

/** Where the links of a part lead to, for they may be defined in another part. */
function definitionsFor(part: string, { references = {} }: Env): string {
  const labels = new Set([...part.matchAll(/\[([^[\]]+)\]/g)].map(([, label = '']) => label))
  return [...labels]
    .flatMap((label) => {
      const target = references[parser.utils.normalizeReference(label)]
      return target ? `\n\n[${label}]: <${target.href.replace(/[\\<>]/g, String.raw`\$&`)}>` : []
    })
    .join('')
}

/** Headings and introductions ("You will need:") are joined to what they introduce. */
export function toBlocks(markdown: string): Block[] {
  const blocks: Block[] = []
  let introduction = ''
  for (const { kind, text, introduces } of chunksOf(parser.parse(markdown, {}))) {
    const whole = introduction ? `${introduction}\n${text}` : text
    introduction = introduces ? whole : ''
    if (!introduces) blocks.push({ kind: whole === text ? kind : 'list', text: whole })
  }
  return blocks
}

type Chunk = Block & { readonly introduces: boolean }

function chunksOf(tokens: readonly Token[]): Chunk[] {
  const chunks: Chunk[] = []
  const add = (kind: Block['kind'], text: string, introduces = false) => {
    if (text !== '') chunks.push({ kind, text, introduces })
  }
  // Of the list or table that is being read: its lines, how many lists are open, what the next item begins with, and the
  // cells of a row.
  let lines: string[] = []
  let depth = 0
  let marker: string | undefined
  let cells: string[] | undefined
  const addLine = (text: string) => {
    if (text !== '') lines.push(`${marker ?? '  '.repeat(depth)}${text}`)
    marker = undefined
  }
  const endLines = () => {
    if (depth > 0) return
    add('list', lines.join('\n'))
    lines = []
  }

  let before = ''
  for (const { type, info, content, children } of tokens) {
    if (/^(?:bullet|ordered)_list_open$/.test(type)) depth += 1
    if (/^(?:bullet|ordered)_list_close$/.test(type)) {
      depth -= 1
      marker = undefined
    }
    if (type === 'list_item_open') marker = `${'  '.repeat(depth - 1)}${info === '' ? '•' : `${info}.`} `
    if (type === 'tr_open') cells = []
    if (type === 'tr_close') {
      addLine((cells ?? []).join(' – ').trim())
      cells = undefined
    }
    if (/^(?:bullet_list|ordered_list|table)_close$/.test(type)) endLines()
    if (type === 'inline') {
      const text = inlineText(children ?? [])
      if (cells) cells.push(text)
      else if (depth > 0) addLine(text)
      else if (before === 'heading_open') add('paragraph', text.replace(/(?<=.)[:.]?$/, ':'), true)
      else add('paragraph', text, text.endsWith(':'))
    }
    if (type === 'fence') {
      for (const line of content.trimEnd().split('\n')) addLine(line)
      endLines()
    }
    if (type === 'html_block') {
      const found = chunksOf(withoutTags.parse(textOfHtml(content), {}))
      if (depth === 0) chunks.push(...found)
      else for (const { text } of found) addLine(text)
    }
    before = type
  }
  return chunks
}

function textOfHtml(html: string): string {
  const [first = '', ...others] = html.split('<!--')
  const uncommented = others.map((part) => (part.includes('-->') ? part.slice(part.indexOf('-->') + 3) : ''))
  return [first, ...uncommented].join('').replace(/<\/?[a-z][^<>]*>/gi, '')
}

/** `[text](url)` becomes `text (url)`; emphasis, code marks, images and tags go. */
function inlineText(tokens: readonly Token[]): string {
  let text = ''
  /** Where the label of the open link begins, and where the link leads to. */
  let link = { from: 0, url: '' }
  for (const token of tokens) {
    if (token.type === 'text' || token.type === 'code_inline') text += token.content
    if (token.type === 'softbreak' || token.type === 'hardbreak' || /^<br\b/i.test(token.content)) text += ' '
    if (token.type === 'link_open') link = { from: text.length, url: String(token.attrGet('href') ?? '') }
    if (token.type === 'link_close' && /^https?:/.test(link.url) && text.slice(link.from) !== link.url)
      text += ` (${link.url})`
  }
  return text.replace(/[ \t\n\u00a0]+/g, ' ').trim()
}
