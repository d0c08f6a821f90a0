// A normalised view of a text with offsets back to the original, for detectors.

/** Character `i` of `text` was typed at `starts[i]` to `ends[i]` of the original (UTF-16 units). */
export type TextView = { readonly text: string; readonly starts: readonly number[]; readonly ends: readonly number[] }

/** Replaces `start` to `end` of a view. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string }

const ORDINARY = /^[\t\n\x20-\x7e]*$/
const INVISIBLE = /^(?:[\p{Cf}\p{Me}\p{Variation_Selector}\u115f\u1160\u3164\u180e]|\p{Mn}(?<=[\u0300-\u036f]))$/u
const PICTURE = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]$/u
const SPACE = /^[\p{Zs}\u2800]$/u
const DASH = /^[\p{Pd}\u2212\u02d7\u2043]$/u
const DIGIT = /^\p{Nd}$/u

// Cyrillic, Greek and other letters that look Latin, each followed by its twin.
const TWINS = new Map(
  (
    'аa АA еe ЕE оo ОO рp РP сc СC уy УY хx ХX іi ІI јj ЈJ ѕs ЅS ԁd һh ԛq ԝw вB ВB кk КK мM МM нH НH тT ТT ѵv ' +
    'αa ΑA βb ΒB εe ΕE ΗH ιi ΙI κk ΚK ΜM νv ΝN οo ΟO ρp ΡP τt ΤT υu ΥY χx ΧX ΖZ γy ωw ' +
    "ɑa ɡg ıi ոn սu օo ℓl 。. ·. •. ∙. ⋅. ・. ‧. ⁄/ ∕/ ’' ‘' `' “\" ”\""
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)
// Blocks of numbered signs that NFKC leaves alone: first sign, first number.
const NUMBERED: readonly (readonly [first: number, last: number, value: number])[] = [
  [0x2474, 0x247c, 1],
  [0x2488, 0x2490, 1],
  [0x24f5, 0x24fd, 1],
  [0x24ff, 0x24ff, 0],
  [0x2776, 0x277e, 1],
  [0x2780, 0x2788, 1],
  [0x278a, 0x2792, 1],
  [0x1f100, 0x1f100, 0],
  [0x1f101, 0x1f10a, 0],
  [0x1f10b, 0x1f10c, 0],
]
// Blocks of 26 boxed or circled capitals that NFKC leaves alone.
const LETTERED = [0x1f150, 0x1f170]

function readDigit(point: number): string {
  let zero = point
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String((point - zero) % 10)
}

function readSign(glyph: string): string {
  const point = glyph.codePointAt(0) ?? 0
  const block = NUMBERED.find(([first, last]) => point >= first && point <= last)
  if (block) return String(block[1] === block[0] ? block[2] : (point - block[0] + block[2]) % 10)
  const capitals = LETTERED.find((first) => point >= first && point < first + 26)
  if (capitals !== undefined) return String.fromCodePoint(65 + point - capitals)
  if (SPACE.test(glyph)) return ' '
  if (DASH.test(glyph)) return '-'
  if (PICTURE.test(glyph)) return ' '
  const plain = glyph.normalize('NFKC')
  return Array.from(plain, (char) =>
    DIGIT.test(char) ? readDigit(char.codePointAt(0) ?? 0) : (TWINS.get(char) ?? char),
  ).join('')
}

const signs = new Map<string, string>()

function read(glyph: string): string {
  const known = signs.get(glyph)
  if (known !== undefined) return known
  const sign = INVISIBLE.test(glyph) ? '' : readSign(glyph)
  if (signs.size < 4096) signs.set(glyph, sign)
  return sign
}

/** The view of a text, character by character. */
export function fold(text: string): TextView {
  const starts: number[] = []
  const ends: number[] = []
  if (ORDINARY.test(text)) {
    for (let at = 0; at < text.length; at += 1) {
      starts.push(at)
      ends.push(at + 1)
    }
    return { text, starts, ends }
  }
  let folded = ''
  let at = 0
  for (const glyph of text) {
    const end = at + glyph.length
    const sign = glyph <= '\x7f' ? glyph : read(glyph)
    // An invisible character belongs to the one before it.
    if (sign === '' && ends.length > 0) ends[ends.length - 1] = end
    for (let unit = 0; unit < sign.length; unit += 1) {
      starts.push(at)
      ends.push(end)
    }
    folded += sign
    at = end
  }
  return { text: folded, starts, ends }
}

/** The view with edits made; they are in order and do not overlap. What replaces a range points back to all of it. */
export function edit(view: TextView, edits: readonly Edit[]): TextView {
  if (edits.length === 0) return view
  const starts: number[] = []
  const ends: number[] = []
  let text = ''
  let at = 0
  const copy = (to: number) => {
    text += view.text.slice(at, to)
    for (; at < to; at += 1) {
      starts.push(view.starts[at] ?? 0)
      ends.push(view.ends[at] ?? 0)
    }
  }
  for (const change of edits) {
    copy(change.start)
    text += change.text
    for (let unit = 0; unit < change.text.length; unit += 1) {
      starts.push(view.starts[change.start] ?? 0)
      ends.push(view.ends[change.end - 1] ?? 0)
    }
    at = change.end
  }
  copy(view.text.length)
  return { text, starts, ends }
}

/** The view with every match of a pattern replaced. */
export function replaceAll(view: TextView, pattern: RegExp, replace: (match: RegExpExecArray) => string): TextView {
  const edits: Edit[] = []
  for (const match of view.text.matchAll(pattern)) {
    edits.push({ start: match.index, end: match.index + match[0].length, text: replace(match) })
  }
  return edit(view, edits)
}

/** Where a range of the view was typed. */
export function typedAt(view: TextView, start: number, end: number): { start: number; end: number } {
  return { start: view.starts[start] ?? 0, end: view.ends[end - 1] ?? 0 }
}
