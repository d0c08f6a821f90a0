// Features of a message in its frame, by number: words, pieces of words, marks, and each of them with the frame.
import type { Frame } from '#domain'
import { BUCKETS } from './logistic-regression.ts'

/** Characters of a message that are read. */
const LONGEST = 600
const TOKEN =
  /[^\s@]+@[^\s@]+|\p{L}+(?:-\p{L}+)*|[\p{L}\p{N}]+(?:[-.:/][\p{L}\p{N}]+)*|[?!]+|\.{2,}|\p{Extended_Pictographic}|[^\s\p{L}\p{N}]/gu
const NEGATION =
  /^(?:no|not|never|nothing|none|nope|nah|neither|nor|without|dont|doesnt|didnt|isnt|wasnt|arent|wont|cant|cannot|couldnt|wouldnt|shouldnt|havent|hasnt|hadnt|aint)$/
const CONTRAST =
  /^(?:but|though|although|however|except|only|unless|if|instead|rather|actually|until|before|after|first|just)$/
const YES =
  /^(?:yes|yeah|yea|yep|yup|ye|yh|ya|y|ok|okay|k|sure|right|correct|fine|good|please|go|do|absolutely|certainly|👍|✅|👌)$/
const ASKING =
  /^(?:what|whats|when|where|wheres|who|why|how|hows|which|can|could|will|would|is|are|do|does|did|may|should|any)$/

/** The numbers of its features, each once. */
export function featuresOf(text: string, frame: Frame): Uint32Array {
  const said = plain(text.slice(0, LONGEST))
  const asked = plain([frame.question ?? '', ...(frame.values ?? [])].join(' '))
  const askedWords = new Set(tokensOf(asked))
  let hasKnown = false
  let hasNew = false
  const words = tokensOf(said).map((token) => {
    if (!isValue(token)) return token
    if (askedWords.has(token)) hasKnown = true
    else hasNew = true
    return askedWords.has(token) ? 'KNOWN' : token.includes('@') ? 'ADDRESS' : token.replace(/\p{N}/gu, '0')
  })
  const kind = kindOf(frame)
  const found = new Set<number>()
  const add = (name: string) => found.add(hashOf(name))
  /** By itself, in this frame, and in frames of its family. */
  const addAll = (name: string) => {
    add(name)
    add(`${kind}|${name}`)
    if (kind !== frame.kind) add(`${frame.kind}|${name}`)
  }

  add(`kind ${kind}`)
  add(`frame ${frame.kind}`)
  words.forEach((word, at) => {
    addAll(`w ${word}`)
    addAll(`b ${words[at - 1] ?? '<'} ${word}`)
    if (at > 1) add(`t ${words[at - 2]} ${words[at - 1]} ${word}`)
  })
  addAll(`b ${words.at(-1)} >`)
  addAll(`first ${words.slice(0, 2).join(' ')}`)
  if (words.length <= 4) addAll(`all ${words.join(' ')}`)
  const line = ` ${said.replace(/\p{N}/gu, '0').slice(0, 120)} `
  for (let size = 3; size <= 5; size++)
    for (let at = 0; at + size <= line.length; at++) add(`c ${line.slice(at, at + size)}`)

  const negated = words.findIndex((word) => NEGATION.test(word))
  const contrast = words.findIndex((word) => CONTRAST.test(word))
  const yes = words.findIndex((word) => YES.test(word))
  const repeated = words.filter((word) => /\p{L}{3}/u.test(word) && askedWords.has(word)).length
  const marks = {
    negated: negated >= 0,
    contrast: contrast >= 0,
    yes: yes >= 0,
    'yes then no': yes >= 0 && negated > yes,
    'no then yes': negated >= 0 && yes > negated,
    'yes then contrast': yes >= 0 && contrast > yes,
    'begins asking': ASKING.test(words[0] ?? ''),
    'asks within': words.slice(1).some((word) => ASKING.test(word)),
    '?': /\?/.test(said),
    known: hasKnown,
    new: hasNew,
    'words of the question': repeated > 0,
    [`length ${words.length <= 3 ? words.length : words.length <= 6 ? '4-6' : words.length <= 12 ? '7-12' : 'more'}`]: true,
  }
  for (const [mark, is] of Object.entries(marks)) if (is) addAll(`m ${mark}`)
  return Uint32Array.from(found)
}

/** Whether yes is asked, a value, one of two, or nothing: what words mean is nearly the same within each. */
function kindOf({ kind }: Frame): string {
  if (kind.startsWith('confirm')) return 'confirm'
  return kind.startsWith('slot:') && kind !== 'slot:yes-no' ? 'slot' : kind
}

const isValue = (token: string) => /@./.test(token) || (/\p{N}/u.test(token) && token.length > 1)

const tokensOf = (plainText: string): string[] => plainText.match(TOKEN) ?? []

/** Small letters without apostrophes; drawn-out letters at most twice. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’‘`´ʼ]/g, '')
    .replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]/gu, '')
    .replace(/(\p{L})\1{2,}/gu, '$1$1')
    .replace(/\s+/g, ' ')
    .trim()

/** FNV-1a. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = imul(hash ^ name.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  return (hash >>> 0) % BUCKETS
}

// Looked up once: where tests run, each look at a global costs more than the sum that it is for.
const { imul } = Math
