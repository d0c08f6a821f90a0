// Finds, masks and redacts private data (personal data, PII) in texts. Pure.
// Must not know messages, brands, Redis or HTTP.
export { findLinks } from './detect/ips-links-handles.ts'
export { findPrivateData, replaceSecrets } from './find.ts'
export { normaliseValue } from './normalise-value.ts'
export { type MaskedValues, maskPrivateData, redact, tokensIn, unmask } from './redact.ts'
export { deobfuscate } from './text/deobfuscate.ts'
export { NUMBER_WORDS } from './text/number-words.ts'
export { type TextView, typedAt } from './text/text-view.ts'
export { PRIVATE_TYPES, type PrivateSpan, type PrivateType } from './types.ts'
