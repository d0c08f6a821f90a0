import { describe, expect, test } from '@jest/globals'
import { formatProblem, loadContent } from '#content/load'
import { inFolder, REFUNDS } from './folder.ts'

const LABELS = `topic: What customers wrote
owner: customer-care
messages:
  - { text: second time this week the app logs me out, complaint: minor, mood: negative }
  - { text: ta very much, mood: positive }
`

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  return inFolder(files, async (dir) => {
    const loaded = await loadContent(dir)
    return 'problems' in loaded ? loaded.problems.map(formatProblem) : []
  })
}

describe('labelled messages', () => {
  test('stand in a file of their own, or beside rules', async () => {
    await inFolder(
      {
        'policies/labels.yaml': LABELS,
        'policies/refunds.yaml': `${REFUNDS}messages:\n  - { text: no, mood: neutral, account-specific: false, wants-human: true }\n`,
      },
      async (dir) => {
        const loaded = await loadContent(dir)
        if ('problems' in loaded) throw new Error(loaded.problems.map(formatProblem).join('\n'))
        expect(loaded.content.messages).toEqual([
          { text: 'second time this week the app logs me out', complaint: 'minor', mood: 'negative' },
          { text: 'ta very much', mood: 'positive' },
          { text: 'no', mood: 'neutral', 'account-specific': false, 'wants-human': true },
        ])
      },
    )
  })

  test.each([
    [
      'no label',
      'ta very much, mood: positive',
      'ta very much',
      '5: `messages[2]`: expected one of `complaint`, `mood`, `account-specific`, `wants-human`',
    ],
    [
      'a mood that there is not',
      'mood: positive',
      'mood: glad',
      '5: `messages[2].mood`: expected one of `negative`, `neutral`, `positive`, not `glad`',
    ],
    ['no words', 'ta very much', '" "', '5: the message is empty'],
    [
      'a message that is labelled already',
      'ta very much',
      'second time this week the app logs me out',
      '5: the same message is labelled in `policies/labels.yaml:4`',
    ],
  ])('%s is a problem at its line', async (_, was, is, problem) => {
    const files = { 'policies/labels.yaml': LABELS.replace(was, is) }
    expect(await problemsOf(files)).toEqual([`policies/labels.yaml:${problem}`])
  })
})

test.each([
  [
    'rules nor messages',
    REFUNDS.replace(/rules:.*?(?=examples:)/s, ''),
    '1: `rules`: expected at least one rule, or `messages`, `signals` or `saved-replies`',
  ],
  ['an example', REFUNDS.replace(/examples:.*/s, ''), '1: `examples`: expected at least one example of the rules'],
])('a policy file without %s is a problem', async (_, text, problem) => {
  expect(await problemsOf({ 'policies/refunds.yaml': text })).toContain(`policies/refunds.yaml:${problem}`)
})
