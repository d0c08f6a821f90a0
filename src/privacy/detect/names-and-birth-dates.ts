// Detects names where they are introduced, and dates of birth. Other names are not found.
import { type Candidate, findAll, LABEL, SHAPE } from '../candidates.ts'

const PART = String.raw`(?:(?:de|del|della|di|da|dos|la|le|van|von|der|den|bin|al|el|O)[ '’-])?\p{Lu}[\p{L}\p{M}'’]*(?:-\p{Lu}?[\p{L}\p{M}'’]+)?(?:(?<=\b\p{Lu})\.)?`
const FULL = String.raw`${PART}(?: ${PART}){1,3}`
const ANY = String.raw`${PART}(?: ${PART}){0,3}`
// Capitalised words after `I'm` that are moods and places, not names.
const NOT_NAMES = String.raw`(?!(?:So|Very|Really|Not|Still|Just|Too|Also|Now|Here|Sorry|Trying|Waiting|Looking|Having|Getting|Going|Done|Sick|Fed|Beyond|Extremely|Absolutely|Super|Totally|Never|Always|Only|From|In|At|On|Your|The|An?|One|My|Afraid|Sure|Happy|Glad|Disappointed|Disgusted|Angry|Writing|Unable)\b)`

const NAMES: readonly (readonly [number, string, string])[] = [
  [
    LABEL,
    String.raw`(?:[Mm]y|MY|[Tt]he) (?:full |last |first |sur|account )?[Nn]ame(?: is|'s| was|:)|[Nn]ame(?: is|:| =)|[Mm]ein [Nn]ame ist|[Ii]ch hei(?:ß|ss)e|[Jj]e m'appelle|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo`,
    ANY,
  ],
  [SHAPE, String.raw`(?:I'?m|i'?m|I [Aa]m|i am|[Tt]his [Ii]s|[Ii]ch bin|[Tt]his [Ww]as),?`, FULL],
  [SHAPE, String.raw`[Nn]ame`, FULL],
  [
    SHAPE,
    String.raw`(?:[Rr]egards|[Cc]heers|[Bb]est|[Ss]incerely|[Tt]hanks|[Tt]hank you|[Gg]r[uü](?:ß|ss)e)(?:,|\s?\n|\s[-–])`,
    FULL,
  ],
  [
    SHAPE,
    String.raw`(?:in|under) the name(?: of)?|[Aa]ddressed to|(?:[Aa]ccount|[Oo]rder|[Bb]ooking)(?: is)? under|(?:change|correct) it to|registered to|belongs to`,
    FULL,
  ],
  [
    SHAPE,
    String.raw`(?:[Aa]gent|[Cc]olleague|[Dd]river|[Rr]ep|[Mm]anager|[Aa]dvisor|[Aa]dviser|[Cc]ourier|[Hh]usband|[Ww]ife|[Ss]on|[Dd]aughter|[Mm]other|[Ff]ather|[Mm]um|[Mm]om|[Dd]ad)(?: is| called| named|,)?`,
    FULL,
  ],
  [SHAPE, String.raw`(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|Mme|Sr|Sra)\.?`, ANY],
]
const patterns = NAMES.map(([sure, before, name]) => ({
  sure,
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${before})[\s:]{1,3}${NOT_NAMES}(${name})`, 'gu'),
}))
// `my name is mohammed al-testi`, in small letters.
const SMALL =
  /(?<![\p{L}])my (?:full )?name(?:'s| is) (?!on\b|not\b|wrong\b|spelled\b|spelt\b|in\b|the\b|a\b|missing\b|incorrect\b|misspel)((?:\p{Ll}[\p{L}'’-]+)(?: (?!and|but|i|im|my|the|from|please|pls|can|why|on|not|with)\p{Ll}[\p{L}'’-]+(?![\p{L}]))?)/gu

const DATE = String.raw`(?:\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d{2})|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}(?:st|nd|rd|th|\.)? (?:of )?[\p{L}]{3,10}\.?,? '?\d{2,4}|[\p{L}]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? '?\d{2,4}|\d{8})`
const BIRTH = new RegExp(
  String.raw`(?<![\p{L}])(?:d\.?o\.?b\.?|date of birth|birth ?date|birth ?day|born|geboren|geburtsdatum|née? le|nacid[oa]|fecha de nacimiento|nat[oa] il)(?:[\s:=(-]|is(?![\p{L}])|on(?![\p{L}])|the(?![\p{L}])|am(?![\p{L}])|el(?![\p{L}])){1,8}(${DATE})(?![\p{N}])`,
  'giu',
)

export function findNames(text: string): Candidate[] {
  return [
    ...patterns.flatMap(({ sure, pattern }) => findAll(text, pattern, 'name', sure)),
    ...findAll(text, SMALL, 'name', SHAPE),
  ]
}

export function findBirthDates(text: string): Candidate[] {
  return findAll(text, BIRTH, 'date-of-birth', LABEL)
}
