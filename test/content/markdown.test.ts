import { describe, expect, test } from '@jest/globals'
import { fitBlocks } from '../../src/answer/fit-to-channel.ts'
import { toBlocks, toSections } from '../../src/content/markdown.ts'
import { MAX_BYTES } from '../../src/content/read/content-paths.ts'
import { processorMs } from '../setup/processor-time.ts'

describe('Markdown as plain text', () => {
  test.each([
    ['**bold**, *slanted*, _slanted_ and `code`', 'bold, slanted, slanted and code'],
    ['Read [our page](https://a.example/x) first.', 'Read our page (https://a.example/x) first.'],
    ['Read [the other page](./other.md) first.', 'Read the other page first.'],
    ['<https://a.example>', 'https://a.example'],
    ['![a picture](x.png)Text', 'Text'],
    ['5 * 3 = 15 and snake_case_word', '5 * 3 = 15 and snake_case_word'],
    ['a \\*star\\* &amp; more', 'a *star* & more'],
    ['> quoted', 'quoted'],
    ['one line\nwrapped in two', 'one line wrapped in two'],
    ['- one\n- two', '• one\n• two'],
    ['1) one\n2) two', '1. one\n2. two'],
    ['| A | B |\n|---|---|\n| 1 | 2 |', 'A – B\n1 – 2'],
    ['<!-- not for you -->Text', 'Text'],
    ['A<!-- not\nfor you --> B', 'A B'],
    ['- one\n  - half\n  - more\n- two', '• one\n  • half\n  • more\n• two'],
    ['1. Open it.\n\n   Mind the glass.\n\n2. Close it.', '1. Open it.\n  Mind the glass.\n2. Close it.'],
    ['3. three\n4. four', '3. three\n4. four'],
    ['- \n- two', '• two'],
    ['Type `**` or `a_b_c`, not \\`x\\`', 'Type ** or a_b_c, not `x`'],
    ['```sh\n# no heading\n- no item\n```', '# no heading\n- no item'],
    ['    indented by a slip', 'indented by a slip'],
    ['Read [our page][help].\n\n[help]: https://a.example/x "Help"', 'Read our page (https://a.example/x).'],
    ['Read [our page].', 'Read [our page].'],
    ['[a](https://a.example/größe?b=1&c=[2])', 'a (https://a.example/größe?b=1&c=[2])'],
    ['Write to <care@a.example>', 'Write to care@a.example'],
    ['&pound;5&nbsp;off', '£5 off'],
    ['<p align="left">Some <b>**bold**</b> words</p>', 'Some bold words'],
    ['one<br>two  \nthree', 'one two three'],
    ['Day | Hours\n--- | ---\nMon \\| Tue | 9', 'Day – Hours\nMon | Tue – 9'],
    ['~~£20~~ £15', '£20 £15'],
  ])('`%s` is shown as `%s`', (markdown, text) => {
    expect(toBlocks(markdown).map((block) => block.text)).toEqual([text])
  })

  test('a heading and an introduction stay with what they introduce', () => {
    expect(
      toBlocks('First.\n\n## You need\n\nThese things:\n\n- a box\n- tape\n\nLast.').map(({ text }) => text),
    ).toEqual(['First.', 'You need:\nThese things:\n• a box\n• tape', 'Last.'])
  })
})

describe('the sections of an article', () => {
  test('begin at its headings, not at what looks like one in code', () => {
    const markdown = 'First.\r\n\r\n# One\r\nText.\n\n```\n# no heading\n```\n\nTwo\n---\nMore.\n'
    expect(toSections(markdown)).toEqual(['First.\n', '# One\nText.\n\n```\n# no heading\n```\n', 'Two\n---\nMore.\n'])
  })

  test('that have headings only are none', () => {
    expect(toSections('# Empty\n\n#\n\n# Full\n\nText.')).toEqual(['# Full\n\nText.'])
  })

  test('know where their links lead, though that is written in another section', () => {
    const sections = toSections('# One\nRead [this][Ref].\n\n# Two\nText.\n\n[ref]: <https://a.example/a b>')
    expect(sections.map((section) => toBlocks(section).map(({ text }) => text))).toEqual([
      ['One:\nRead this (https://a.example/a b).'],
      ['Two:\nText.'],
    ])
  })

  test.each(['a\n=\n', '1. ', '>', '![', '[a](', '<!--', '<a '])(
    'are found in seconds in the largest file, also where it is `%j` throughout',
    (piece) => {
      expect(processorMs(() => toSections(piece.repeat(MAX_BYTES / piece.length)))).toBeLessThan(30_000)
    },
  )
})

describe('fitting an answer to a channel', () => {
  const link = 'https://help.example/returns'
  const blocks = toBlocks('One two three. Four five six.\n\n- a\n- b\n\nSeven eight nine.')

  test('everything and the link where there is room', () => {
    expect(fitBlocks(blocks, link, undefined)?.text).toBe(
      'One two three. Four five six.\n\n• a\n• b\n\nSeven eight nine.\n\nhttps://help.example/returns',
    )
  })

  test('first paragraph, whole sentences, and the link', () => {
    expect(fitBlocks(blocks, link, { unit: 'characters', limit: 60 })?.text).toBe(
      'One two three. Four five six.\n\nhttps://help.example/returns',
    )
    expect(fitBlocks(blocks, link, { unit: 'characters', limit: 50 })?.text).toBe(
      'One two three.\n\nhttps://help.example/returns',
    )
  })

  test('the words before the link, and nothing rather than half a sentence', () => {
    expect(fitBlocks(blocks, link, { unit: 'characters', limit: 20 })).toEqual({
      text: 'One two three.',
      linked: false,
    })
    expect(fitBlocks(blocks, link, { unit: 'characters', limit: 10 })).toBeUndefined()
  })

  test('X counts a link as 23 and a wide letter as two', () => {
    const long = `https://help.example.com/${'a'.repeat(200)}`
    const law = { unit: 'x-weighted', limit: 280 } as const
    expect(fitBlocks(toBlocks(`${'ab '.repeat(80)}end.`), long, law)?.linked).toBe(true)
    expect(fitBlocks(toBlocks('漢'.repeat(130)), long, law)).toEqual({ text: '漢'.repeat(130), linked: false })
    expect(fitBlocks(toBlocks('漢'.repeat(141)), long, law)).toBeUndefined()
  })

  test('bytes are counted as UTF-8', () => {
    expect(fitBlocks(toBlocks('Größe.'), link, { unit: 'bytes', limit: 7 })).toBeUndefined()
    expect(fitBlocks(toBlocks('Größe.'), link, { unit: 'bytes', limit: 8 })?.text).toBe('Größe.')
  })

  test('a list is never cut', () => {
    const list = toBlocks('Do this:\n\n1. Open the box.\n2. Do not throw it away.')
    expect(fitBlocks(list, link, { unit: 'characters', limit: 40 })).toBeUndefined()
  })
})
