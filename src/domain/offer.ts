// An offer in a reply: money, a date, a replacement.

/** Money on top of what is owed, money back, or percent off. */
export type OfferKind = 'compensation' | 'refund' | 'discount'
/** `currency`: ISO 4217; absent in what was recorded before currencies were, which is the brand's own. */
export type Offer = { readonly kind: OfferKind; readonly amount: number; readonly currency?: string }
