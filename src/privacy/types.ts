// Types of private data.
/** Private-data types; the names are fixed by the contract. */
export const PRIVATE_TYPES = [
  'email',
  'phone',
  'card',
  'iban',
  'national-id',
  'account',
  'order',
  'address',
  'name',
  'date-of-birth',
  'ip',
  'secret',
  'url-token',
  'handle',
  'location',
] as const
export type PrivateType = (typeof PRIVATE_TYPES)[number]

/** A private value in a text; offsets are UTF-16 code units, end exclusive. */
export type PrivateSpan = {
  readonly type: PrivateType
  readonly start: number
  readonly end: number
  /** What stands there says what was taken out for good: `[card ending 4242]`. */
  readonly replaced?: true
}
