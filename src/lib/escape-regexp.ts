// Words in a regular expression that mean themselves, for whoever looks for what people wrote. Pure.

/** The text with every sign escaped that a regular expression would read as its own. */
export const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
