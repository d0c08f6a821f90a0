// Escapes a text for a regular expression. Pure.

/** The text with every sign escaped that a regular expression would read as its own. */
export const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
