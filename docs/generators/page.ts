/** A page of the documentation whose text is made from code. */
export type GeneratedPage = {
  /** From the root of the repository. */
  readonly path: string
  readonly text: () => string | Promise<string>
}

/** The second line of every generated page, after its title. */
export const generatedFrom = (source: string): string =>
  `<!-- Generated from ${source} by \`npm run docs\`. Change the source, not this page. -->`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')

/** A table in Markdown. */
export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |`).join('\n')
