import { join } from 'node:path'

/** Vectors that all tests share: they are named by what they were made of. */
export const CACHE = join(import.meta.dirname, '../../node_modules/.cache/warmline/vectors')
