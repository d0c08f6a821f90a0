// Turns an article's Markdown into plain text for social channels.

/** A part that stands or falls as a whole: a paragraph, or a list with the line that introduces it. */
export type Block = { readonly kind: 'paragraph' | 'list'; readonly text: string }

const HEADING = /^#{1,6}\s+/
const BULLET = /^\s*[-*+]\s+/
const NUMBER = /^\s*\d+[.)]\s+/
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$/
const TABLE_RULE = /^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$/
const DEFINITION = /^\s*\[[^\]]+\]:\s+\S+/
const FENCE = /^\s*(?:```|~~~)/

/** The parts of an article, each with its heading; what stands before the first heading is a part of its own. */
export function toSections(markdown: string): string[] {
  return markdown
    .replace(/\r\n?/g, '\n')
    .split(/\n(?=#{1,6}[ \t]+\S)/)
    .filter((part) => toBlocks(part).length > 0)
}

/** Headings and introductions ("You will need:") are joined to what they introduce. */
export function toBlocks(markdown: string): Block[] {
  const chunks = markdown
    .replace(/\r\n?/g, '\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .split(/\n[ \t]*\n/)
    .flatMap(splitChunk)
  const blocks: Block[] = []
  let introduction = ''
  for (const { kind, text, introduces } of chunks) {
    const whole = introduction ? `${introduction}\n${text}` : text
    introduction = introduces ? whole : ''
    if (!introduces) blocks.push({ kind: whole === text ? kind : 'list', text: whole })
  }
  return blocks
}

type Chunk = Block & { readonly introduces: boolean }

/** Headings and lists need no empty line around them. */
function splitChunk(chunk: string): Chunk[] {
  const groups: { kind: 'heading' | 'list' | 'paragraph'; lines: string[] }[] = []
  for (const line of chunk.split('\n')) {
    if (line.trim() === '' || RULE.test(line) || DEFINITION.test(line) || FENCE.test(line)) continue
    if (line.includes('|') && TABLE_RULE.test(line)) continue
    const last = groups.at(-1)
    const isItem = BULLET.test(line) || NUMBER.test(line) || /^\s*\|/.test(line)
    if (HEADING.test(line)) groups.push({ kind: 'heading', lines: [line.replace(HEADING, '').replace(/\s#+\s*$/, '')] })
    else if (isItem && last?.kind === 'list') last.lines.push(line)
    else if (isItem) groups.push({ kind: 'list', lines: [line] })
    else if (last && last.kind !== 'heading') last.lines.push(`${last.lines.pop() ?? ''} ${line.trim()}`)
    else groups.push({ kind: 'paragraph', lines: [line] })
  }
  return groups.map(({ kind, lines }) => {
    const text = lines.map((line) => plainLine(line)).join('\n')
    if (kind === 'heading') return { kind: 'paragraph', text: text.replace(/[:.]?$/, ':'), introduces: true }
    return { kind, text, introduces: kind === 'paragraph' && text.endsWith(':') }
  })
}

function plainLine(line: string): string {
  return inline(
    line
      .replace(/^(?:\s*>)+\s?/, '')
      .replace(BULLET, '• ')
      .replace(/^\s*(\d+)[.)]\s+/, '$1. ')
      .replace(/^\s*\|\s*|\s*\|\s*$/g, '')
      .replace(/\s+\|\s+/g, ' – '),
  )
}

/** `[text](url)` becomes `text (url)`; emphasis, code marks, images and tags go. */
function inline(text: string): string {
  return text
    .replace(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])/g, '')
    .replace(/\[([^\]]+)\]\(\s*<?([^)\s>]+)>?[^)]*\)/g, (_, label: string, url: string) =>
      !/^https?:/.test(url) || label === url ? label : `${label} (${url})`,
    )
    .replace(/\[([^\]]+)\]\[[^\]]*\]/g, '$1')
    .replace(/<(https?:[^>\s]+)>/g, '$1')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/(?<!\\)(\*\*|__|~~)(?=\S)([\s\S]*?\S)\1/g, '$2')
    .replace(/(?<![\w\\*])\*(?=\S)([^*]*\S)\*(?!\w)/g, '$1')
    .replace(/(?<![\w\\_])_(?=\S)([^_]*\S)_(?!\w)/g, '$1')
    .replace(/`+([^`]+)`+/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, '$1')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[ \t]+/g, ' ')
    .trim()
}
