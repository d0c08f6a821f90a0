// Currencies as people write them: codes, signs, names and everyday words.

/** ISO 4217; where a sign or a word means several, the first that fits. */
const CODES =
  'GBP EUR USD AUD CAD NZD SGD HKD CHF SEK NOK DKK ISK PLN CZK HUF RON BGN JPY CNY INR ZAR BRL MXN TRY ILS AED SAR KRW THB UAH'.split(
    ' ',
  )
/** Codes and names that are everyday words, names or measures too: only the longer spelling means money. */
const EVERYDAY = new Set(['try', 'won', 'real', 'ron', 'ft'])

/** What Unicode's English names leave out. */
const WORDS: { readonly [word: string]: string } = {
  quid: 'GBP',
  sterling: 'GBP',
  bucks: 'USD',
  buck: 'USD',
  zloty: 'PLN',
  złoty: 'PLN',
  crowns: 'CZK SEK NOK DKK',
  kroner: 'NOK DKK',
  krona: 'SEK ISK',
  yuan: 'CNY',
  rmb: 'CNY',
  peso: 'MXN',
}

const add = (words: Map<string, string[]>, word: string, code: string) => {
  const known = words.get(word) ?? []
  if (!known.includes(code)) words.set(word, [...known, code])
}

function namesOf(code: string, display: 'symbol' | 'narrowSymbol' | 'name', count = 2): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay: display })
  return parts.formatToParts(count).flatMap(({ type, value }) => (type === 'currency' ? [value] : []))[0] ?? code
}

/** Every spelling in lower case, with the codes it may mean. */
const SPELLINGS: ReadonlyMap<string, readonly string[]> = (() => {
  const words = new Map<string, string[]>()
  for (const code of CODES) {
    const names = [namesOf(code, 'name'), namesOf(code, 'name', 1)].map((name) => name.toLowerCase())
    for (const name of names) {
      add(words, name, code)
      const last = name.split(' ').at(-1) ?? name
      for (const short of [last, last.replace(/s$/, '')]) if (!EVERYDAY.has(short)) add(words, short, code)
    }
    for (const sign of [namesOf(code, 'symbol'), namesOf(code, 'narrowSymbol')])
      if ((sign.length > 1 || !/\p{L}/u.test(sign)) && !EVERYDAY.has(sign.toLowerCase()))
        add(words, sign.toLowerCase(), code)
    if (!EVERYDAY.has(code.toLowerCase())) add(words, code.toLowerCase(), code)
  }
  add(words, 'us$', 'USD')
  for (const [word, codes] of Object.entries(WORDS)) for (const code of codes.split(' ')) add(words, word, code)
  return words
})()

const escaped = (words: readonly string[]) =>
  words
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replace(/[$.]/g, String.raw`\$&`).replace(/ /g, String.raw`\s`))
    .join('|')

const all = [...SPELLINGS.keys()]
/** Regular expressions of what stands before a figure and what stands after one. */
export const BEFORE_FIGURE = String.raw`(?<![\p{L}])(?:${escaped(all.filter((word) => !/^\p{L}{4,}/u.test(word)))})`
export const AFTER_FIGURE = String.raw`(?:${escaped(all)})(?![\p{L}])`

/** The codes that a spelling may mean, the most usual first. */
export const currenciesOf = (spelling: string): readonly string[] =>
  SPELLINGS.get(spelling.toLowerCase().replace(/\s/g, ' ')) ?? []
