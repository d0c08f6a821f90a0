// What everybody may read is made by the gate alone: the compiler says so. Each attempt is a line of a program that is given to
// `tsc`; what may not be done has to be an error on its line.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'

const ROOT = join(import.meta.dirname, '../..')

const GIVEN = `
import type { Outgoing, PrivateText, PublicText, ReplyDraft, Source } from '#domain'
import type { GateVerdict } from '#gate'

declare function publish(text: PublicText): void
declare function whisper(text: PrivateText): void
declare function send(outgoing: Outgoing): void
declare function ground(source: Source): void
declare const plain: string
declare const secret: PrivateText
declare const open: PublicText
declare const verdict: GateVerdict
declare const draft: ReplyDraft
declare const reply: Outgoing & { type: 'public-reply' }
declare const source: Source
`

const FORBIDDEN = [
  ['a string, which has not been checked', 'publish(plain)'],
  ['a literal, which has not been checked', "publish('We are here for you.')"],
  ['what one customer may read', 'publish(secret)'],
  ['checked texts that were joined', `publish(\`\${open} \${secret}\`)`],
  ['a checked text that was changed', 'publish(open.trim())'],
  ['a draft, which has not been checked', 'publish(draft.text)'],
  ['a public reply whose text one customer may read', 'send({ ...reply, text: secret })'],
  ['a public reply whose text has not been checked', 'send({ ...reply, text: draft.text })'],
  ['what the gate has refused', 'publish(verdict.text)'],
  ['what has passed for one customer', "if (verdict.verdict === 'pass') publish(verdict.text)"],
] as const
const FORBIDDEN_ELSEWHERE = [
  ['a customer is told what was written for everybody', 'whisper(open)'],
  ['an answer is grounded on words of which nobody says who may read them', 'ground(draft.text)'],
] as const
const ALLOWED = [
  ['what was checked for everybody is published', 'publish(open)'],
  ['what was checked for one customer is told them', 'whisper(secret)'],
  ['a public reply is sent as it is', 'send(reply)'],
  ['an answer is grounded on a source', 'ground(source)'],
  [
    'what has passed goes to those for whom it was checked',
    "if (verdict.verdict === 'pass') { if (verdict.audience === 'public') publish(verdict.text); else whisper(verdict.text) }",
  ],
] as const

const ATTEMPTS = [...FORBIDDEN, ...FORBIDDEN_ELSEWHERE, ...ALLOWED].map(([, code]) => code)

/** The attempts that do not compile. */
async function refusedBy(compiler: string): Promise<ReadonlySet<string>> {
  const dir = await mkdtemp(join(tmpdir(), 'warmline-types-'))
  try {
    await writeFile(join(dir, 'attempts.ts'), `${GIVEN}${ATTEMPTS.join('\n')}\n`)
    const paths = Object.fromEntries(['domain', 'gate'].map((part) => [`#${part}`, [`${ROOT}/src/${part}/index.ts`]]))
    const compilerOptions = { paths, typeRoots: [`${ROOT}/node_modules/@types`] }
    const project = { extends: `${ROOT}/tsconfig.json`, compilerOptions, files: ['attempts.ts'], include: [] }
    await writeFile(join(dir, 'tsconfig.json'), JSON.stringify(project))
    const output = await new Promise<string>((resolve) =>
      execFile(process.execPath, [compiler, '-p', dir, '--pretty', 'false'], (_error, stdout, stderr) =>
        resolve(`${stdout}${stderr}`),
      ),
    )
    const errors = output.split('\n').filter((line) => /error TS\d+/.test(line))
    const first = GIVEN.split('\n').length
    const refused = errors.map((line) => {
      const attempt = ATTEMPTS[Number(/attempts\.ts\((\d+),/.exec(line)?.[1]) - first]
      if (attempt === undefined) throw new Error(`the program around the attempts does not compile: ${line}`)
      return attempt
    })
    return new Set(refused)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

let refused: ReadonlySet<string> = new Set()
beforeAll(async () => {
  refused = await refusedBy(join(ROOT, 'node_modules/typescript/bin/tsc'))
})

describe('it does not compile that', () => {
  test.each(FORBIDDEN)('everybody reads %s', (_, code) => {
    expect(refused).toContain(code)
  })
  test.each(FORBIDDEN_ELSEWHERE)('%s', (_, code) => {
    expect(refused).toContain(code)
  })
})

test.each(ALLOWED)('it compiles that %s', (_, code) => {
  expect(refused).not.toContain(code)
})
