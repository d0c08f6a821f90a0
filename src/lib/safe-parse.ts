// Parses untrusted values with zod without throwing.
// Zod 4.6 asks even an object for its length, and throws where that is no number.
import type { z } from 'zod'

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }
type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } }

/** As `shape.safeParse`, and never throws. */
export function safeParse<T>(shape: z.ZodType<T>, value: unknown): Parsed<T> {
  try {
    return shape.safeParse(value)
  } catch {
    return { success: false, error: { issues: [{ path: [], message: 'this cannot be read' }] } }
  }
}
