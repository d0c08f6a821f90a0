// Content: reads, checks and edits a brand's folder (articles, policies, dialogs, voice).
// Must not know customers, channels or Redis. `#content/load` reads files, `#content/watch` watches them.
export { type Article, articleHead } from './article.ts'
export type { OutgoingText } from './check/customer-texts.ts'
export { vocabularyOf } from './check/rules.ts'
export type { Content, Problem } from './content.ts'
export { MESSAGES_FILE, withMessage, withQuestion } from './edit/edits.ts'
export type { Example } from './example.ts'
export { gateContextOf } from './gate-context.ts'
export { type Block, toBlocks, toSections } from './markdown.ts'
export { BRAND_FILE } from './read/brand.ts'
export { type ContentFile, MAX_BYTES, pathProblem } from './read/content-paths.ts'
export { factKinds, gapOf } from './reply-variables.ts'
export { teamsOf } from './teams.ts'
