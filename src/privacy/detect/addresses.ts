// Detects postal addresses: streets, post boxes, postcodes, coordinates.
import { type Candidate, findAll, LABEL, SHAPE } from '../candidates.ts'

/** Words in any case, for patterns that tell capitals apart elsewhere. */
function anyCase(words: string): string {
  return words.replace(
    /\p{L}+/gu,
    (word) => `[${word.charAt(0)}${word.charAt(0).toUpperCase()}]${word.slice(1)}|${word.toUpperCase()}`,
  )
}

const TYPES = anyCase(
  'street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|way|place|pl|terrace|ter|parkway|pkwy|boulevard|blvd|crescent|cres|gardens|gdns|square|sq|hill|mews|row|highway|hwy|circle|cir|trail|trl|walk|grove|view|rise|park|plaza|loop|alley|green|quay|wharf|broadway|turnpike|pike|expressway|run|path|point',
)
const SURE_TYPES = 'street|road|avenue|lane|terrace|crescent|boulevard'
const ROOMS = anyCase('apt|apartment|suite|ste|unit|flat|floor|fl|room|no')
const UNIT = String.raw`(?:,?\s{0,2}(?:(?:${ROOMS})\.?\s?#?|#\s?)[A-Z]?\d{1,5}[A-Z]?(?![\p{L}\p{N}]))`
const TOWN_WORD = String.raw`[\p{Lu}][\p{L}'.-]+(?![\p{L}\p{N}])`
const TOWN = String.raw`(?:,\s?${TOWN_WORD}(?: ${TOWN_WORD}){0,3})`
const STATE_ZIP = String.raw`(?:,?\s[A-Z]{2}(?:,?\s\d{5}(?:-\d{4})?)?(?![\p{L}\p{N}]))`
const UK_CODE = String.raw`[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}`
const REST = String.raw`${UNIT}{0,2}${TOWN}{0,2}${STATE_ZIP}?(?:,?\s(?:${UK_CODE}|\d{4,6})(?![\p{L}\p{N}]))?`
const NAME = String.raw`(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? )[\p{Lu}\d][\p{L}\p{N}'.’-]*`

const PATTERNS: readonly (readonly [number, RegExp])[] = [
  // 931 Maple Drive, Suite 985, Philadelphia, PA 19031
  [
    LABEL,
    new RegExp(
      String.raw`(?<![\p{L}\p{N}.,-])\d{1,6}[A-Za-z]?,? (?:(?:${NAME} ){1,4}(?:${TYPES})|Broadway)\b\.?${REST}`,
      'gu',
    ),
  ],
  // 12 high street
  [
    SHAPE,
    new RegExp(
      String.raw`(?<![\p{L}\p{N}.,-])\d{1,5}[a-z]? (?!(?:days?|weeks?|hours?|minutes?|mins?|times|miles?|years?|of|on|the|to|in|for|from|and|or|at|more)\b)(?:[\p{L}'’-]+ )(?!(?:of|on|the|to|in|for|from|down|up|away)\b)(?:[\p{L}'’-]+ )?(?:${SURE_TYPES})\b${REST}`,
      'giu',
    ),
  ],
  // Musterstraße 12, 10115 Berlin
  [
    LABEL,
    /(?<![\p{L}\p{N}])(?:[\p{Lu}][\p{L}-]+(?:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|damm|ufer|straat|laan|gatan|vägen|vej|gade|veien|gata|katu)|(?:[\p{Lu}][\p{L}]+(?:er|s|en)? )(?:Stra(?:ß|ss)e|Str\.|Weg|Platz|Allee|Gasse)) \d{1,4}\s?[a-zA-Z]?(?![\p{L}\p{N}])(?:,?\s(?:[A-Z]{1,2}-)?\d{4,5} [\p{Lu}][\p{L}-]+)?/gu,
  ],
  // 12 rue de la Paix, 75002 Paris
  [
    LABEL,
    /(?<![\p{L}\p{N}])\d{1,5}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|allée|impasse|quai|cours|route) (?:(?:de|du|des|la|le|les|l'|d') ?){0,3}[\p{Lu}][\p{L}'’-]+(?: [\p{Lu}][\p{L}'’-]+){0,3}(?:,?\s\d{5} [\p{Lu}][\p{L}-]+)?/giu,
  ],
  // Calle de Alcalá 50, Via Roma 3, Avenida Otoniel Dutra 1277
  [
    LABEL,
    /(?<![\p{L}\p{N}])(?:Calle|C\/|Avenida|Avda\.?|Av\.|Paseo|Plaza|Via|Viale|Piazza|Corso|Rua|Praça|Carrer|Rue|Ulica|ul\.) (?:(?:de|del|della|di|da|do|dos|la|las|los|el) ){0,3}[\p{Lu}][\p{L}'’.-]+(?: [\p{Lu}\p{Ll}][\p{L}'’.-]+){0,4},? (?:n[º°.]? ?)?\d{1,5}[a-zA-Z]?(?![\p{L}\p{N}])(?:,?\s\d{5} [\p{Lu}][\p{L}-]+)?/gu,
  ],
  [
    LABEL,
    /(?<![\p{L}\p{N}])(?:P\.? ?O\.? ?Box|Postfach|Apartado(?: de Correos)?) \d{1,6}(?:, ?[\p{Lu}][\p{L}]+(?: [\p{Lu}][\p{L}]+)?(?: \d{4,5})?)?/giu,
  ],
  // After `I live at`: a number and what follows to the next comma or stop.
  [
    LABEL,
    new RegExp(
      String.raw`(?<![\p{L}])(?:(?:[Ii]|[Ww]e)? ?[Ll]ives? at|(?:[Dd]eliver(?:ed|y)?|[Ss]hip(?:ped)?|[Ss]ent|[Ss]end) (?:it |this )?to|[Mm]y (?:home |delivery |billing |shipping )?address(?: is|:)|(?:[Bb]illing |[Dd]elivery |[Ss]hipping )?[Aa]ddress(?: is)?:|wohne in der|j'habite au|vivo en)\s{1,3}(\d{1,4}[A-Za-z]? (?!(?:days?|weeks?|times|items?|pieces|people|stores?|countries|different|other)(?![\p{L}]))[\p{L}][^.!?,\n]{2,50}${REST})`,
      'gu',
    ),
  ],
  // The words `zip` or `postcode`, and the code.
  [
    LABEL,
    /(?<![\p{L}])(?:zip(?: ?code)?|post ?code|postal code|plz|postleitzahl|code postal|código postal|cep|cap|eircode)(?:[\s:=#"'(-]|is(?![\p{L}])|was(?![\p{L}])|ist(?![\p{L}])){1,6}((?=[A-Z]{0,3}\d)[A-Z\d]{2,5}(?:[ -]?\d[A-Z\d]{1,3}|-\d{3,4})?)(?![\p{L}\p{N}])/giu,
  ],
  // AL1 4QQ, also in small letters where it cannot be `s9 2nd`.
  [SHAPE, /(?<![\p{L}\p{N}-])[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}-])/gu],
  [
    SHAPE,
    /(?<![\p{L}\p{N}-])[a-z]{1,2}\d[a-z\d]? ?\d(?!nd|st|rd|th|gb|tb|hr|ft|pt|ps|xl|ax)[abd-hjlnp-uw-z]{2}(?![\p{L}\p{N}-])/gu,
  ],
  // TX 78701
  [
    SHAPE,
    /(?<![\p{L}\p{N}])(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]) \d{5}(?:-\d{4})?(?![\p{L}\p{N}])/gu,
  ],
]

const COORDINATES =
  /(?<![\p{L}\p{N}.])-?(?:[0-8]?\d|90)\.\d{4,}°?\s?[NS]?\s?[,;/ ]\s?-?(?:1[0-7]\d|\d{1,2}|180)\.\d{4,}°?\s?[EW]?(?![\p{N}])/giu
const DEGREES =
  /(?<!\d)\d{1,2}°\s?\d{1,2}['′]\s?(?:\d{1,2}(?:\.\d+)?["″]?\s?)?[NS][,\s]{0,2}\d{1,3}°\s?\d{1,2}['′]\s?(?:\d{1,2}(?:\.\d+)?["″]?\s?)?[EW]/giu
const THREE_WORDS = /(?<![\p{L}/:])\/\/\/[\p{L}]{2,20}\.[\p{L}]{2,20}\.[\p{L}]{2,20}/gu

export function findAddresses(text: string): Candidate[] {
  return PATTERNS.flatMap(([sure, pattern]) => findAll(text, pattern, 'address', sure))
}

export function findLocations(text: string): Candidate[] {
  return [COORDINATES, DEGREES, THREE_WORDS].flatMap((pattern) => findAll(text, pattern, 'location', LABEL))
}
