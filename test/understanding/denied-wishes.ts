// Little words behind which there may be a wish.
export const WISHES = ['help', 'hello?', 'any news', 'refund', 'where?', 'still waiting', '??', 'no', 'yes'] as const
