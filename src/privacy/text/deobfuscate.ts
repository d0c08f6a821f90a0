// Undoes obfuscation: spelled digits, look-alike letters, spaced letters, HTML entities, `(at)` and `[dot]`.
import { spellOut } from './number-words.ts'
import { type Edit, edit, fold, replaceAll, type TextView } from './text-view.ts'

const ENTITY = /&(?:#(\d{2,6})|#x([0-9a-f]{2,5})|(commat|period|lowbar|nbsp|plus|num|hyphen));/gi
const NAMED: { readonly [name: string]: string } = {
  commat: '@',
  period: '.',
  lowbar: '_',
  nbsp: ' ',
  plus: '+',
  num: '#',
  hyphen: '-',
}
const PERCENT = /(?<=[A-Za-z0-9._+-])%([2-7][0-9a-f])(?=[A-Za-z0-9%])/gi

// The words between signs that nobody writes around a word. With `-` and `_`, both have to be there: `stay-at-home`.
const OPEN = String.raw`[[({<*|"~]`
const CLOSE = String.raw`[\])}>*|"~]`
const WRAPPED_AT = new RegExp(
  String.raw`(?<=\S) {0,2}${OPEN} ?(?:at|@|arroba|a|ät) ?${CLOSE} {0,2}(?=[\p{L}\p{N}])`,
  'giu',
)
const WRAPPED_DOT = new RegExp(
  String.raw`(?<=\S) {0,2}${OPEN} ?(?:dot|punto|punkt|point|period|\.) ?${CLOSE} {0,2}(?=[\p{L}\p{N}])`,
  'giu',
)
const GLUED_AT = /(?<=[a-z\d])AT(?=[a-z\d])/g
const GLUED_DOT = /(?<=[a-z\d])DOT(?=[a-z\d])/g
const DASHED_AT = /(?<=[\p{L}\p{N}])([-_])at\1(?=[\p{L}\p{N}][\p{L}\p{N}-]{0,60}?\1dot\1)/giu
const DASHED_DOT = /(?<=@[\p{L}\p{N}._-]{1,80})([-_])dot\1(?=[\p{L}\p{N}])/giu

// Letters that stand for 0 and 1: between digits or after them, in a word of digits, or as whole groups beside one.
const LOOK_ALIKE = [
  /(?<=\d)[OoIil]{1,12}(?=\d)/g,
  /(?<=[A-Za-z]\d)[OoIl]{1,4}(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])(?=[OoIil]{0,9}\d)[\dOoIil]{2,}(?![\p{L}\p{N}])/gu,
  /(?<=\d)(?:[ .-](?!lol)[OoIl]{2,5}(?![\p{L}\p{N}])){1,6}/giu,
]

// Single characters apart by the same signs, four or more: `W-2-3-7`, `j a n e @ m a i l . c o m`, `4, 8, 3, 9, 2`.
const APART =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}@+#]([^\p{L}\p{N}@+#:]{1,3})[\p{L}\p{N}@.+#_-](?:\1[\p{L}\p{N}@.+_-]){2,}(?![\p{L}\p{N}])/gu
const USUAL = /^(?:[ ._\-/*|~]|\n|\.{2,3}| {2})$/

function decode(view: TextView): TextView {
  const entities = view.text.includes('&')
    ? replaceAll(view, ENTITY, ([whole, decimal, hex, name]) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
        const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
        return point >= 0x20 && point <= 0x10ffff ? fold(String.fromCodePoint(point)).text : whole
      })
    : view
  if (!entities.text.includes('%')) return entities
  return replaceAll(entities, PERCENT, ([, hex]) => String.fromCharCode(Number.parseInt(hex ?? '', 16)))
}

function unwrap(view: TextView): TextView {
  if (!/at|@|arroba|dot|punto|punkt|\ba\b|ät/i.test(view.text)) return view
  const steps = [
    [WRAPPED_AT, '@'],
    [DASHED_AT, '@'],
    [WRAPPED_DOT, '.'],
    [DASHED_DOT, '.'],
    ...(/[a-z\d]AT[a-z\d]/.test(view.text)
      ? ([
          [GLUED_AT, '@'],
          [GLUED_DOT, '.'],
        ] as const)
      : []),
  ] as const
  return steps.reduce((before, [pattern, sign]) => replaceAll(before, pattern, () => sign), view)
}

function closeUp(view: TextView): TextView {
  const edits: Edit[] = []
  for (const apart of view.text.matchAll(APART)) {
    const sign = apart[1] ?? ''
    // An address of a machine, such as `1.1.1.1`, is not written apart.
    if (/^\d(?:\.\d){3}$/.test(apart[0])) continue
    const step = sign.length + 1
    const count = (apart[0].length + sign.length) / step
    // A short list of things is not a value.
    if (!USUAL.test(sign) && count < 5) continue
    // `I typed a 4 8 3 9 u know`: a letter that is a word of its own is not part of the value.
    const spaced = /^ +$/.test(sign)
    const from = spaced && /^[aAiI] +\d/.test(apart[0]) ? 1 : 0
    const to = spaced && /\d +[aAiIuU]$/.test(apart[0]) ? count - 1 : count
    for (let at = from + 1; at < to; at += 1) {
      const end = apart.index + at * step
      edits.push({ start: end - sign.length, end, text: '' })
    }
  }
  return edit(view, edits)
}

/** The view that detectors read. */
export function deobfuscate(text: string): TextView {
  let view = spellOut(decode(fold(text)))
  if (/\d/.test(view.text)) {
    for (const pattern of LOOK_ALIKE) {
      view = replaceAll(view, pattern, ([letters]) => letters.replace(/[Oo]/g, '0').replace(/[Iil]/g, '1'))
    }
  }
  return unwrap(closeUp(view))
}
