// Facts: the values that rules decide on.

export type FactValue = string | number | boolean | readonly string[]

/** Facts of one turn by name. An askable fact that is missing is unknown. */
export type Facts = { readonly [name: string]: FactValue | undefined }
