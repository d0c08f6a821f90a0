// Detects numbers by shape alone: orders, parcels, national ids, wallets, sign-in names.
import { type Candidate, findAll, GUESS, LABEL, PROOF, SHAPE } from '../candidates.ts'
import type { PrivateType } from '../types.ts'

const B = String.raw`(?<![\p{L}\p{N}#/-])`
const E = String.raw`(?![\p{L}\p{N}]|-[\p{L}\p{N}])`

const SHAPES: readonly (readonly [PrivateType, number, RegExp])[] = [
  // `#HL-20419`, `#20419`; four digits that are a year are a hashtag.
  [
    'order',
    SHAPE,
    new RegExp(String.raw`(?<![\p{L}\p{N}/&])#(?![A-Z]{0,4}(?:19|20)\d\d${E})[A-Z]{0,4}-?\d{4,}(?:-\d+)*${E}`, 'giu'),
  ],
  // `HL-20419`, `ORD-2024-889123`.
  ['order', SHAPE, new RegExp(String.raw`${B}[A-Z]{2,4}-\d{5,}(?:-\d+)*${E}`, 'giu')],
  ['order', SHAPE, new RegExp(String.raw`${B}[A-Z]{2,4}(?:-[A-Z0-9]{2,6}){0,2}-\d{5,}${E}`, 'gu')],
  ['order', SHAPE, new RegExp(String.raw`${B}[A-Z]{1,3}\d{6,14}${E}`, 'gu')],
  // Amazon; UPS; Universal Postal Union S10.
  ['order', LABEL, new RegExp(String.raw`${B}\d{3}-\d{7}-\d{7}${E}`, 'giu')],
  ['order', LABEL, new RegExp(String.raw`${B}1Z[A-Z0-9]{16}${E}`, 'giu')],
  ['order', LABEL, new RegExp(String.raw`${B}[A-Z]{2}\d{9}[A-Z]{2}${E}`, 'giu')],
  // United States: SSN, ITIN. United Kingdom: NINO. Spain: NIF and NIE. Italy: codice fiscale. Brazil: CPF, CNPJ.
  ['national-id', SHAPE, new RegExp(String.raw`${B}\d{3}(?:-\d{2}-| \d{2} )\d{4}${E}`, 'giu')],
  [
    'national-id',
    LABEL,
    new RegExp(String.raw`${B}[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]${E}`, 'giu'),
  ],
  ['national-id', LABEL, new RegExp(String.raw`${B}(?:[XYZ]-?\d{7}|\d{8})-?[A-Z]${E}`, 'gu')],
  [
    'national-id',
    LABEL,
    new RegExp(String.raw`${B}[A-Z]{6}[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]${E}`, 'giu'),
  ],
  ['national-id', LABEL, new RegExp(String.raw`${B}\d{3}\.\d{3}\.\d{3}-\d{2}${E}`, 'giu')],
  ['national-id', LABEL, new RegExp(String.raw`${B}\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}${E}`, 'giu')],
  // Singapore: NRIC. United States: Medicare.
  ['national-id', LABEL, new RegExp(String.raw`${B}[STFGM]\d{7}[A-Z]${E}`, 'gu')],
  ['national-id', LABEL, new RegExp(String.raw`${B}[1-9][A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}${E}`, 'giu')],
  // India: PAN. Finland: henkilötunnus. Korea: resident number. Sweden: personnummer. United Kingdom: driving licence.
  ['national-id', LABEL, new RegExp(String.raw`${B}[A-Z]{5}\d{4}[A-Z]${E}`, 'gu')],
  ['national-id', LABEL, new RegExp(String.raw`${B}[0-3]\d[01]\d\d\d[-+A-FYXWVU]\d{3}[0-9A-Y]${E}`, 'gu')],
  [
    'national-id',
    SHAPE,
    new RegExp(String.raw`${B}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[1-8]\d{6}${E}`, 'giu'),
  ],
  ['national-id', SHAPE, new RegExp(String.raw`${B}(?:19|20)?\d{2}[01]\d[0-3]\d-\d{4}${E}`, 'giu')],
  ['national-id', LABEL, new RegExp(String.raw`${B}[A-Z9]{5}\d[0156]\d[0-3]\d{2}[A-Z9]{2}\d[A-Z]{2}${E}`, 'gu')],
  // Germany: Steuernummer. Philippines: TIN. India: GSTIN.
  ['national-id', SHAPE, new RegExp(String.raw`${B}\d{2,3}/\d{3,4}/\d{4,5}${E}`, 'gu')],
  ['national-id', SHAPE, new RegExp(String.raw`${B}\d{3}-\d{3}-\d{3}-\d{3}${E}`, 'gu')],
  ['national-id', LABEL, new RegExp(String.raw`${B}\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d]${E}`, 'giu')],
  // Bitcoin and Ethereum wallets.
  [
    'account',
    PROOF,
    new RegExp(String.raw`${B}(?:bc1[a-z0-9]{25,59}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|0x[a-fA-F0-9]{40})${E}`, 'gu'),
  ],
  // A long number that says nothing of itself and is not on a product.
  [
    'account',
    GUESS,
    /(?<![\p{L}\p{N}.,#€$£/-])(?<!(?:isbn|ean|gtin|upc|sku|barcode|model|article|item|product|art|serial)(?:[-: ]{1,2}(?:no|nr|number|code|13|10))?[.: ]{1,3})(?!97[89])\d{9,20}(?![\p{L}\p{N}%]|[.,-]\d)/giu,
  ],
  // A name to sign in with, said to be one.
  [
    'account',
    LABEL,
    /(?<![\p{L}\p{N}])(?:user ?(?:id|name)|log-?in(?: name| id)?|account(?: name| id)|benutzername|kennung)(?: is |: ?| = ?|=)((?=[\p{L}._-]{0,40}[\d_]|[\p{L}]{3,20} ?\/)[\p{L}\p{N}._-]{3,40})/giu,
  ],
]

export function findReferences(text: string): Candidate[] {
  return SHAPES.flatMap(([type, sure, pattern]) => findAll(text, pattern, type, sure))
}
