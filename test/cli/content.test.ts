import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { withValues } from '../../src/cli/edit-brand-yaml.ts'
import { BRAND, inFolder, REFUNDS, RETURNS } from '../content/folder.ts'
import { CACHE } from '../setup/cache.ts'
import { jsonOf, run } from './run.ts'

const vars = (dir: string) => ({ WARMLINE_DATA_DIR: join(dir, '.data'), WARMLINE_CACHE_DIR: CACHE })

describe('content check', () => {
  test('tells every problem by file and line on stdout', async () => {
    await inFolder({ 'policies/refunds.yaml': REFUNDS.replace('then: move', 'than: move') }, async (dir) => {
      const { code, out } = await run(['content', 'check', dir], '', vars(dir))
      expect(out.split('\n')).toEqual([
        'policies/refunds.yaml:4: `rules[1].then`: missing; expected one of `answer`, `acknowledge`, `ask`, `move-to-private`, `ignore`, `moderate`, `escalate`',
        'policies/refunds.yaml:6: there is no `than` here; did you mean `then`?',
        '',
      ])
      expect(code).toBe(1)
    })
  })

  test('tries every example', async () => {
    const wrong = REFUNDS.replace('expect: { verdict: move-to-private', 'expect: { verdict: answer')
    await inFolder({ 'policies/refunds.yaml': wrong }, async (dir) => {
      const { code, out, err } = await run(['content', 'check', dir], '', vars(dir))
      expect(out).toMatch(
        /^policies\/refunds.yaml:9: expected answer because of `refunds.public`, but it is move-to-private because of `refunds.public`$/m,
      )
      expect(err).toMatch(
        /tried 1 examples of policies, 0 of incidents, 0 of signals, 1 transcripts, 8 phrases, 2 questions; \d failed/,
      )
      expect(code).toBe(1)
    })
  })

  test('says whether moods are heard by labels or by rules', async () => {
    const glad = ['ta', 'splendid', 'chuffed'].map((text) => `  - { text: ${text}, mood: positive }`)
    const labels = `topic: Labels\nowner: care\nmessages:\n${glad.join('\n')}\n`
    await inFolder({ 'policies/labels.yaml': labels }, async (dir) => {
      const { err } = await run(['content', 'check', dir], '', vars(dir))
      expect(err).toMatch(/^moods: read by (labels|rules); .*3 labels .*0\.\d\d/m)
    })
  })
})

describe('content check with recorded turns', () => {
  test('tells what no rule covers, by file and line', async () => {
    await inFolder({}, async (dir) => {
      const file = join(dir, 'turns.jsonl')
      const facts = { intent: 'order-status', audience: 'private' }
      const lines = [
        { id: 1, facts: { ...facts, audience: 'public' } },
        { id: 2, facts },
        { id: 3, facts },
      ]
      await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n\n'))
      const { code, out, err } = await run(['content', 'check', dir, '--turns', file], '', vars(dir))
      expect(out).toContain(
        `${file}:3: warning: no rule covers intent order-status, audience private (2 turns), so a person decides; \`refunds.public\` comes nearest, but for audience\n`,
      )
      expect(err).toMatch(/^3 turns: 1 kinds of gaps, 0 pairs of rules that meet$/m)
      expect(code).toBe(1)
    })
  })

  test('needs a file that can be read', async () => {
    await inFolder({}, async (dir) => {
      const { code, err } = await run(['content', 'check', dir, '--turns', join(dir, 'none')], '', vars(dir))
      expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/none` cannot be read/) })
    })
  })
})

const questionsOf = (dir: string, lines: readonly object[]) => {
  const file = join(dir, 'questions.jsonl')
  return writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n')).then(() => file)
}

describe('knowledge', () => {
  const SIZES = '---\ntitle: Which size fits\nquestions:\n  - What size am I?\n---\nMeasure around your chest.\n'
  const labelled = [
    { question: 'how can I send something back', article: 'returns' },
    { question: 'what size should I take', article: 'sizes' },
    { question: 'who won the football', article: null },
  ]

  test('eval says how well labelled questions are answered', async () => {
    await inFolder({ 'knowledge/sizes.md': SIZES }, async (dir) => {
      const file = await questionsOf(dir, labelled)
      const ran = await run(['knowledge', 'eval', '--content', dir, '--questions', file, '--json'], '', vars(dir))
      expect(ran.code).toBe(0)
      expect(jsonOf(ran)[0]).toMatchObject({
        questions: 3,
        answerable: 2,
        'recall@1': 1,
        'recall@3': 1,
        mrr: 1,
        auroc: 1,
        public: { threshold: 0.9, wrong: 0 },
        private: { threshold: 0.8, wrong: 0 },
      })
      const table = await run(['knowledge', 'eval', '--content', dir, '--questions', file], '', vars(dir))
      expect(table.out).toMatch(/recall@1 100.0 %, recall@3 100.0 %, MRR 1.000, AUROC 1.000/)
    })
  })

  test('where the data cannot prove the risk, the bot answers nothing by itself, and says how much is missing', async () => {
    await inFolder({ 'knowledge/sizes.md': SIZES }, async (dir) => {
      const file = await questionsOf(dir, labelled)
      const brand = join(dir, 'policies/brand.yaml')
      const args = ['knowledge', 'calibrate', '--content', dir, '--questions', file, '--risk', '0.01']
      const { code, out } = await run(args, '', vars(dir))
      expect(out).toMatch(/public: a risk of 1 % cannot be proven: .* needs at least \d+ more labelled questions/)
      expect(out).toMatch(/at 20 %: \d+ more labelled questions/)
      expect(code).toBe(1)
      const written = await readFile(brand, 'utf8')
      expect(written).toContain('  # set by hand\n  public: never\n  private: never\n  draft: 0.3\n')
      expect(written).toContain('  lexical: { public: never, private: never }\n  model: minilm-l6-v2\n')
      expect(written).toContain('risk:\n  public: 0.01\n  private: 0.02\n')
      const asked = await run(
        ['ask', '--json', '--content', dir],
        '{"id":1,"text":"How do I return an item?"}\n',
        vars(dir),
      )
      expect(jsonOf(asked)[0]).toMatchObject({ outcome: 'abstained', ranking: expect.any(Array) })
      expect((await run(['content', 'check', dir], '', vars(dir))).out).not.toMatch(/brand.yaml/)
    })
  })

  test('calibrate writes proven thresholds and keeps every comment', async () => {
    const wide = BRAND.replace('draft: 0.3', 'draft: 0.35')
    await inFolder({ 'knowledge/sizes.md': SIZES, 'policies/brand.yaml': wide }, async (dir) => {
      const file = await questionsOf(dir, [
        ...Array.from({ length: 12 }, (_, index) => ({
          question: `how do I send back jumper ${index}`,
          article: 'returns',
        })),
        { question: 'who won the football', article: null },
      ])
      const args = [
        'knowledge',
        'calibrate',
        '--content',
        dir,
        '--questions',
        file,
        '--risk',
        '0.3',
        '--private-risk',
        '0.3',
        '--json',
      ]
      const ran = await run(args, '', vars(dir))
      const [found] = jsonOf(ran)
      expect(ran.code).toBe(0)
      expect(found.public).toMatchObject({ answered: 12, wrong: 0, coverage: 1 })
      const brand = await readFile(join(dir, 'policies/brand.yaml'), 'utf8')
      expect(brand).toContain('  draft: 0.35\n')
      expect(brand).toContain('  # set by hand\n')
      expect(brand).toContain(`  public: ${found.public.threshold}\n`)
      expect((await run(['content', 'check', dir], '', vars(dir))).out).not.toMatch(/brand.yaml/)
    })
  })

  test('calibrate without a file asks what the articles list, and near misses', async () => {
    await inFolder({ 'knowledge/sizes.md': SIZES }, async (dir) => {
      const args = ['knowledge', 'calibrate', '--content', dir, '--risk', '0.05', '--json']
      const ran = await run(args, '', vars(dir))
      expect(ran.code).toBe(1)
      expect(ran.err).toMatch(/\d+ questions that the articles list, each as if it were not listed/)
      expect(jsonOf(ran)[0]).toMatchObject({ public: { needs: expect.any(Number) }, questions: expect.any(Number) })
      // The stated risk is read from brand.yaml the next time.
      expect((await run(['knowledge', 'calibrate', '--content', dir], '', vars(dir))).out).toMatch(
        /a risk of 5 % cannot/,
      )
    })
  })

  test('a wrong use is told with the usage', async () => {
    await inFolder({}, async (dir) => {
      const missing = await run(['knowledge', 'calibrate', '--content', dir], '', vars(dir))
      expect(missing).toMatchObject({
        code: 2,
        err: expect.stringMatching(/`--risk` is missing.*\n\nusage: warmline knowledge calibrate/),
      })
      const file = await questionsOf(dir, [{ question: 'x', article: 'nothing' }])
      const unknown = await run(['knowledge', 'eval', '--content', dir, '--questions', file], '', vars(dir))
      expect(unknown).toMatchObject({ code: 2, err: expect.stringMatching(/there is no article `nothing`/) })
    })
  })
})

test('figures are written into brand.yaml without touching anything else', () => {
  const text = '# ours\nconfidence: { public: 0.7, private: 0.60, draft: 0.4 } # keep\nlong: "a  b"\n'
  expect(withValues(text, 'confidence', { public: '0.8123', private: 'never' })).toBe(
    '# ours\nconfidence: { public: 0.8123, private: never, draft: 0.4 } # keep\nlong: "a  b"\n',
  )
})

describe('replay', () => {
  test('shows which recorded turns would end otherwise', async () => {
    const draft = {
      'policies/refunds.yaml': REFUNDS.replaceAll('then: move-to-private', 'then: escalate').replaceAll(
        'verdict: move-to-private',
        'verdict: escalate',
      ),
    }
    await inFolder({}, (present) =>
      inFolder(draft, async (dir) => {
        const file = await questionsOf(dir, [
          { id: 'a', text: 'where is my order?', audience: 'public', facts: { intent: 'order-status' } },
          { id: 'b', text: 'hello', audience: 'public', facts: { intent: 'none' } },
        ])
        const args = ['replay', '--content', dir, '--against', present, '--from', file]
        const ran = await run([...args, '--json'], '', vars(dir))
        expect(jsonOf(ran)).toMatchObject([
          {
            id: 'a',
            changed: true,
            before: { outcome: 'moved-to-private', rule: 'refunds.public' },
            after: { outcome: 'escalated', rule: 'refunds.public' },
          },
          { id: 'b', changed: false },
        ])
        expect(ran.code).toBe(1)
        const shown = await run(args, '', vars(dir))
        expect(shown.out).toMatch(/^a: “where is my order\?”\n {2}before: moved-to-private because of refunds.public\n/)
        expect(shown.err).toMatch(/1 of 2 turns would change/)
      }),
    )
  })

  test('takes recorded turns from a file or from the running service, not from both', async () => {
    const { code, err } = await run(['replay', '--content', '.', '--last', '50', '--from', 'turns.jsonl'])
    expect(code).toBe(2)
    expect(err).toMatch(/either `--from FILE` or `--last N`/)
  })
})

test('a folder that lacks nothing is quiet', async () => {
  await inFolder({ 'knowledge/returns.md': RETURNS.replace(/not:\n.*\n/, '') }, async (dir) => {
    const { out } = await run(['content', 'check', dir], '', vars(dir))
    expect(out.split('\n').filter((line) => line.includes('knowledge/'))).toEqual([])
  })
})
