import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { runCommand } from '../../src/cli/run.ts'
import { type GeneratedPage, generatedFrom } from './page.ts'

async function readHelp(): Promise<string> {
  const output = new PassThrough()
  await runCommand(['help'], { input: new PassThrough(), output, errors: new PassThrough() }, {})
  output.end()
  return text(output)
}

export const cliPage: GeneratedPage = {
  path: 'docs/reference/cli.md',
  text: async () => `# Command line

${generatedFrom('the help of `src/cli`')}

Run a command as \`npm run -s warmline -- COMMAND\`, or as \`warmline COMMAND\` where the package is installed.
Commands with \`--json\` read an object a line from stdin and write one a line to stdout. Everything else goes to stderr.

\`\`\`text
${(await readHelp()).trim()}
\`\`\`
`,
}
