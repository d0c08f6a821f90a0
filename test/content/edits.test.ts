import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { withMessage, withQuestion } from '#content'
import { contentOf } from '#content/load'
import { readArticle } from '../../src/content/read/articles.ts'

const article = (head: string) => `---\n${head}---\n\nThe answer.\n`
const lines = (text: string | undefined) => text?.split('\n').slice(1, -4)

describe('a question added to an article', () => {
  test('comes after the others, and every other character stays', () => {
    const before = article(
      "title: \"Beds\"  # short\n# What they ask.\nquestions:\n    - how big is it   # often\n    # the next is from a letter\n    - 'it''s too big'\nnot: [where is it]\n",
    )
    const after = withQuestion(before, 'Will it fit: yes or no?')
    expect(after?.replace('    - "Will it fit: yes or no?"\n', '')).toBe(before)
    expect(lines(after)).toEqual([
      'title: "Beds"  # short',
      '# What they ask.',
      'questions:',
      '    - how big is it   # often',
      '    # the next is from a letter',
      "    - 'it''s too big'",
      '    - "Will it fit: yes or no?"',
      'not: [where is it]',
    ])
  })

  test('may be one that the article must not win', () => {
    expect(withQuestion(article('questions: [a]\nnot: [b]\n'), 'will it fit', 'not')).toBe(
      article('questions: [a]\nnot: [b, "will it fit"]\n'),
    )
    expect(withQuestion(article('questions: [a]\n'), 'a', 'not')).toBe(article('questions: [a]\nnot:\n  - a\n'))
  })

  test.each([
    ['of an article that has none', 'title: Beds\n', 'title: Beds\nquestions:\n  - will it fit\n'],
    ['into an empty list', 'title: Beds\nquestions: []\n', 'title: Beds\nquestions: ["will it fit"]\n'],
    ['into a list on one line', 'questions: [a, "b" ] # c\n', 'questions: [a, "b", "will it fit" ] # c\n'],
    [
      'where nothing stands',
      'questions: # none yet\ntitle: Beds\n',
      'questions: # none yet\n  - will it fit\ntitle: Beds\n',
    ],
    ['to a list without a margin', 'questions:\n- a\ntitle: Beds\n', 'questions:\n- a\n- will it fit\ntitle: Beds\n'],
    [
      'after one of several lines',
      'questions:\n  - >-\n    a\n    b\ntitle: B\n',
      'questions:\n  - >-\n    a\n    b\n  - will it fit\ntitle: B\n',
    ],
  ])('%s', (_, head, expected) => {
    expect(withQuestion(article(head), 'will it fit')).toBe(article(expected))
  })

  test.each(['- dash', '[order] is late', '#1: "help"', "it's @home & *fine*", 'yes', '12', 'a\\b', '{x}: ?'])(
    'reads back as it was said: %s',
    (question) => {
      for (const head of ['title: Beds\nquestions:\n  - a\n', 'title: Beds\nquestions: [a]\n', 'title: Beds\n']) {
        const text = withQuestion(article(head), question) ?? ''
        const { article: read, problems } = readArticle({ path: 'knowledge/beds.md', text }, undefined)
        expect(problems).toEqual([])
        expect(read?.questions.at(-1)).toBe(question)
      }
    },
  )

  test('is not added where it is listed', () => {
    const text = article('questions: [a]\n')
    expect(withQuestion(text, 'a')).toBe(text)
  })

  test('keeps the ends of lines of another system, and the mark at the beginning', () => {
    const text = '\uFEFF---\r\ntitle: Beds\r\nquestions:\r\n  - a\r\n---\r\n\r\nAnswer.\r\n'
    expect(withQuestion(text, 'b')).toBe(
      '\uFEFF---\r\ntitle: Beds\r\nquestions:\r\n  - a\r\n  - b\r\n---\r\n\r\nAnswer.\r\n',
    )
  })

  test.each([
    ['has no front matter', 'The answer.'],
    ['is broken', article('title: [\n')],
    ['has something else there', article('questions: one\n')],
    ['takes its list from elsewhere', article('not: &a [x]\nquestions: *a\n')],
  ])('is not added where the file %s', (_, text) => {
    expect(withQuestion(text, 'will it fit')).toBeUndefined()
  })

  test('fits every article of the sample brand, and is one line more', () => {
    for (const name of readdirSync('knowledge')) {
      const text = readFileSync(`knowledge/${name}`, 'utf8')
      const after = withQuestion(text, 'will it fit')
      expect(after?.split('\n').filter((line) => !text.split('\n').includes(line))).toEqual(['  - will it fit'])
    }
  })
})

describe('a labelled message', () => {
  const said = { text: 'It is late: again', complaint: 'minor', mood: 'negative' }
  const lines = '  - text: "It is late: again"\n    complaint: minor\n    mood: negative\n'

  test('begins its file', () => {
    expect(withMessage(undefined, said)).toBe(
      `topic: Messages and what they are\nowner: customer-care\nmessages:\n${lines}`,
    )
  })

  test('comes after the others, whose comments stay', () => {
    const before = 'topic: M\nmessages:\n  - text: a # once\n    mood: positive # of it\n# The rules.\nrules: []\n'
    expect(withMessage(before, said)).toBe(before.replace('# The', `${lines}# The`))
    expect(withMessage(withMessage(before, said), said)).toBe(withMessage(before, said))
  })

  test.each([
    ['without a list', 'topic: M', `topic: M\nmessages:\n${lines}`],
    ['with an empty one', 'messages: []\n', `messages: [${JSON.stringify(said)}]\n`],
    [
      'on one line',
      'messages: [{ text: a, mood: neutral }]\n',
      `messages: [{ text: a, mood: neutral }, ${JSON.stringify(said)}]\n`,
    ],
    [
      'without a margin',
      'messages:\n- text: a\n  mood: neutral\ntopic: M\n',
      `messages:\n- text: a\n  mood: neutral\n${lines.replace(/^ {2}/gm, '')}topic: M\n`,
    ],
    [
      'of several lines',
      'messages:\n  - text: >-\n      a\n      b\n',
      `messages:\n  - text: >-\n      a\n      b\n${lines}`,
    ],
  ])('is added to a file %s', (_, before, expected) => {
    expect(withMessage(before, said)).toBe(expected)
  })

  test.each(['messages: [\n', 'messages: one\n', '- a\n', 'a: &m []\nmessages: *m\n'])('is not added to %j', (text) => {
    expect(withMessage(text, said)).toBeUndefined()
  })

  test('is content that can be read', () => {
    const text = withMessage(undefined, said) ?? ''
    const read = contentOf([{ path: 'policies/messages.yaml', text }], 'here')
    expect('content' in read ? [] : read.problems.filter(({ file }) => file.includes('messages'))).toEqual([])
  })
})
