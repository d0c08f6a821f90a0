import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openSearchEngine, type SearchDocument, type SearchEngine } from '#understanding/retrieval'
import { openEmbedder } from '../../src/understanding/retrieval/embedding/embedder.ts'
import { normalise, segments } from '../../src/understanding/retrieval/normalise.ts'
import { SHOP } from './sample-shop.ts'

const units: SearchDocument[] = SHOP.articles.map(({ id, title, questions, not, body }) => ({
  id,
  title,
  phrases: questions,
  not,
  sections: [body],
}))

const many: SearchDocument[] = [
  ...units,
  ...Array.from({ length: 20 }, (_, i) => ({ id: `lamp-${i}`, title: `Lamp number ${i}`, phrases: [] })),
]

let cacheDir: string
let finder: SearchEngine

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'finder-'))
  finder = await openSearchEngine({ cacheDir })
})

afterAll(async () => {
  await finder.close()
  await rm(cacheDir, { recursive: true })
})

const first = (found: { ranking: readonly { id: string }[] }) => found.ranking[0]?.id

describe('the finder', () => {
  test('finds an article by words it does not contain', async () => {
    const index = await finder.index(units)
    expect(finder.engine()).toBe('hybrid')
    const found = await index.search('my new bedding got dirty, what is the right way to clean it?')
    expect(first(found)).toBe('care')
    expect(found.ranking).toHaveLength(units.length)
  })

  test('each question of an article is won by it, surely', async () => {
    const index = await finder.index(units)
    for (const unit of units)
      for (const phrase of unit.phrases) {
        const found = await index.search(phrase)
        expect([phrase, first(found)]).toEqual([phrase, unit.id])
        expect(found.confidence).toBeGreaterThan(0.7)
      }
  })

  test('is unsure about what nobody wrote an article for', async () => {
    const index = await finder.index(units)
    for (const text of ['Who won the football yesterday?', 'Can you write a poem about the sea?', 'hm', '👍'])
      expect((await index.search(text)).confidence).toBeLessThan(0.5)
  })

  test('finds the question inside a rant, a link and capitals', async () => {
    const index = await finder.index(units)
    const plain = await index.search('How long does delivery take?')
    const rant = await index.search(
      '@pearfig worst service ever, I am so tired of this. HOW LONG DOES DELIVERY TAKE? #fail https://t.co/abc',
    )
    expect(first(rant)).toBe('delivery-times')
    expect(rant.confidence).toBeGreaterThan(plain.confidence - 0.05)
  })

  test('is less sure where two sentences find different articles, and as sure where they find the same', async () => {
    const index = await finder.index(units)
    const [one, other, again] = [
      'How do I return something I bought?',
      'How long does delivery take?',
      'What is your return policy?',
    ]
    const { confidence } = await index.search(one)
    expect((await index.search(`${one} ${other}`)).confidence).toBeLessThan(0.9 * confidence)
    expect((await index.search(`${one} ${again}`)).confidence).toBeGreaterThan(confidence - 0.05)
  })

  test('a text nearest to a `not` line does not find the article', async () => {
    const index = await finder.index(units)
    expect(first(await index.search('how do I return to the previous page in the app'))).not.toBe('returns')
    expect(first(await index.search('how do I return a thing I bought'))).toBe('returns')
  })

  test('what is not allowed does not even compete', async () => {
    const index = await finder.index(units)
    const all = await index.search('What is the goodwill limit?')
    const some = await index.search('What is the goodwill limit?', { filter: (id) => id !== 'goodwill' })
    expect(first(all)).toBe('goodwill')
    expect(some.ranking.map(({ id }) => id)).not.toContain('goodwill')
    expect(some.confidence).toBeLessThan(0.6)
  })

  test('doubts a match when the customer says that something fails, and the article does not', async () => {
    const [, , , , , , password] = units
    const index = await finder.index([
      { id: 'join', title: 'How to join the contest', phrases: ['How do I join the contest?'] },
      ...(password ? [password] : []),
    ])
    const fails = await index.search('I am unable to join the contest')
    const asks = await index.search('I would like to join the contest')
    expect(fails.confidence).toBeLessThan(asks.confidence * 0.8)
    expect((await index.search("can't log in to my account")).confidence).toBeGreaterThan(0.7)
  })

  test('remembers vectors of content on disk, none of questions, and survives a damaged file', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'vectors-'))
    const seen: number[] = []
    const open = () => openSearchEngine({ cacheDir: dir, progress: (done) => seen.push(done) })
    const one = await open()
    const index = await one.index(units.slice(0, 2))
    const before = await index.search('where is my parcel?')
    const [file = ''] = await readdir(dir)
    const kept = await readFile(join(dir, file))
    await one.close()
    expect(seen.length).toBeGreaterThan(0)

    seen.length = 0
    const two = await open()
    const again = await two.index(units.slice(0, 2))
    expect(seen).toEqual([])
    expect(await again.search('where is my parcel?')).toEqual(before)
    expect(await readFile(join(dir, file))).toEqual(kept)
    await two.close()

    await writeFile(join(dir, file), kept.subarray(0, 1000))
    const three = await open()
    await three.index(units.slice(0, 2))
    expect(seen.length).toBeGreaterThan(0)
    expect(await readFile(join(dir, file))).toHaveLength(kept.length)
    await three.close()
    await rm(dir, { recursive: true })
  })

  test('finds by words alone when the model does not load, and says so once', async () => {
    const warnings: string[] = []
    const lexical = await openSearchEngine({
      cacheDir,
      log: { warn: (_, message) => warnings.push(message) },
      embedder: () => Promise.reject(new Error('no wasm here')),
    })
    const index = await lexical.index(units)
    expect(first(await index.search('How long is a gift card valid?'))).toBe('gift-cards')
    expect((await index.search('How long is a gift card valid?')).confidence).toBeGreaterThan(0.7)
    expect((await index.search('Who won the football yesterday?')).confidence).toBeLessThan(0.4)
    expect(lexical.engine()).toBe('lexical')
    expect(warnings).toEqual(['the sentence model does not work; finding by words alone'])
    await lexical.close()
  })

  test('carries on by words alone when the model stops in the middle', async () => {
    const warnings: string[] = []
    const embedder = await openEmbedder()
    const dying = await openSearchEngine({
      cacheDir,
      log: { warn: (_, message) => warnings.push(message) },
      embedder: async () => embedder,
    })
    const index = await dying.index(units)
    await embedder.close()
    // What stands in the content word for word is known without the model.
    expect(first(await index.search('Do gift cards expire?'))).toBe('gift-cards')
    expect(dying.engine()).toBe('hybrid')
    expect(first(await index.search('When do your gift cards expire?'))).toBe('gift-cards')
    expect(dying.engine()).toBe('lexical')
    expect(warnings).toHaveLength(1)
  })

  test('may serve by words alone until the lines are learned', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'early-'))
    const early = await openSearchEngine({ cacheDir: dir, early: true })
    const index = await early.index(units.slice(0, 3))
    expect(first(await index.search('How long does delivery take?'))).toBe('delivery-times')
    const text = 'when will you bring it to my house'
    const patient = await (await finder.index(units.slice(0, 3))).search(text)
    const impatient = await index.search(text)
    expect(impatient.confidence).not.toBeCloseTo(patient.confidence, 3)
    await Promise.all(early.learning)
    expect(early.learning.size).toBe(0)
    expect((await index.search(text)).confidence).toBeCloseTo(patient.confidence, 3)
    await early.close()
    await rm(dir, { recursive: true })
  })

  test('learns the same units once, unless the model failed meanwhile', async () => {
    expect(await finder.index(many)).toBe(await finder.index(structuredClone(many)))
    expect(await finder.index(many.slice(1))).not.toBe(await finder.index(many))

    const dir = await mkdtemp(join(tmpdir(), 'failing-'))
    let fails = true
    const embedder = await openEmbedder()
    const embed: typeof embedder.embed = (texts, when) =>
      fails ? Promise.reject(new Error('not now')) : embedder.embed(texts, when)
    const failing = await openSearchEngine({ cacheDir: dir, embedder: async () => ({ ...embedder, embed }) })
    const question = 'How long does delivery take?'
    expect(await (await failing.index(many)).search(question)).toMatchObject({ by: 'lexical' })
    fails = false
    expect(await (await failing.index(many)).search(question)).toMatchObject({ by: embedder.model })
    await failing.close()
    await rm(dir, { recursive: true })
  })

  test('an index of nothing finds nothing', async () => {
    const index = await finder.index([])
    expect(await index.search('hello')).toEqual({ ranking: [], confidence: 0, by: 'lexical' })
  })
})

describe('what the index reads of a message', () => {
  test.each([
    ['@pearfig where is it?? 😡😡 https://t.co/x', 'where is it??'],
    ['WHERE IS MY ORDER', 'where is my order'],
    ['ｗｈｅｒｅ is it', 'where is it'],
    ['sooooo late #fail #never', 'soo late'],
    ['#lampgate is real', 'lampgate is real'],
    ['#help', 'help'],
    ['Hi Ann, is it OK?', 'Hi Ann, is it OK?'],
    ['write to me@example.com', 'write to me@example.com'],
    ['', ''],
  ])('`%s` is read as `%s`', (text, read) => {
    expect(normalise(text)).toBe(read)
  })

  test('the whole, then each sentence of three words or more', () => {
    expect(segments('Never again. You lost my parcel! Where is it now?')).toEqual([
      'Never again. You lost my parcel! Where is it now?',
      'You lost my parcel!',
      'Where is it now?',
      'You lost my parcel! Where is it now?',
    ])
    expect(segments('  ')).toEqual([])
    expect(segments('worst service ever. how do I pay absolute joke, sort it out!!')).toEqual([
      'worst service ever. how do I pay absolute joke, sort it out!!',
      'worst service ever.',
      'how do I pay absolute joke, sort it out!!',
      'how do I pay',
    ])
  })
})
