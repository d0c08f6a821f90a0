// No code says anything past the gate: what the compiler cannot see, the lint rules do. They run here on code that tries.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
const CAST = 'only #gate makes texts that may be sent'
const ROUND = 'a double cast is a way round the gate'
const DOOR = 'channels send from src/outbox/send.ts alone'
const ANY = 'Unexpected any'

const ATTEMPTS: readonly (readonly [what: string, file: string, code: string, said: string | undefined])[] = [
  ['the console makes a public text', 'src/console/a.ts', "export const a = 'x' as PublicText", CAST],
  ['the outbox makes a private text', 'src/outbox/b.ts', "export const a = 'x' as PrivateText", CAST],
  ['a turn makes a public text', 'src/turn/c.ts', 'export const a = (x: string) => x as PublicText', CAST],
  ['the outbox casts twice', 'src/outbox/d.ts', "export const a = 'x' as unknown as Outgoing", ROUND],
  ['a channel casts to never', 'src/channels/x/e.ts', "export const a = 'x' as never", ROUND],
  ['the gate casts twice', 'src/gate/f.ts', "export const a = 'x' as unknown as PublicText", ROUND],
  ['the outbox takes anything', 'src/outbox/g.ts', 'export const a = (x: any) => x', ANY],
  ['the console sends', 'src/console/h.ts', 'export const a = (c: Channel, o: Outgoing) => c.send(o)', DOOR],
  ['a turn sends', 'src/turn/i.ts', 'export const a = (c?: Channel) => c?.send', DOOR],
  ['another file of the outbox sends', 'src/outbox/j.ts', "export const a = (c: Channel) => c['send']", DOOR],
  [
    'a network sends by another',
    'src/channels/x/k.ts',
    'export const a = (c: Channel) => { const { send } = c; return send }',
    DOOR,
  ],
  ['the one door sends', 'src/outbox/send.ts', 'export const a = (c: Channel, o: Outgoing) => c.send(o)', undefined],
  [
    'the gate makes a public text',
    'src/gate/check-reply.ts',
    'export const a = (x: string) => x as PublicText',
    undefined,
  ],
]

describe('nothing is sent past the gate:', () => {
  let dir = ''
  let found: readonly { file: string; message: string }[] = []

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'warmline-lint-'))
    const config = JSON.parse(await readFile(join(ROOT, 'biome.json'), 'utf8'))
    await cp(join(ROOT, 'lint'), join(dir, 'lint'), { recursive: true })
    await writeFile(join(dir, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }))
    for (const [, file, code] of ATTEMPTS) {
      await mkdir(dirname(join(dir, file)), { recursive: true })
      await writeFile(join(dir, file), `${code}\n`)
    }
    const out = await new Promise<string>((resolve) => {
      const args = [BIOME, 'lint', '--colors=off', '--max-diagnostics=200', '--reporter=json', '.']
      execFile(process.execPath, args, { cwd: dir }, (_error, stdout) => resolve(stdout))
    })
    found = JSON.parse(out).diagnostics.map((one: { message: unknown; location: { path: unknown } }) => ({
      file: JSON.stringify(one.location.path),
      message: JSON.stringify(one.message),
    }))
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  test.each(ATTEMPTS)('%s', (_what, file, _code, said) => {
    const messages = found.filter((one) => one.file.includes(file)).map((one) => one.message)
    if (said === undefined) expect(messages.filter((one) => /gate|send/.test(one))).toEqual([])
    else expect(messages).toContainEqual(expect.stringContaining(said))
  })
})
