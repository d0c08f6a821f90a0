// An open form: its dialog, slot values and attempts.

/** A collected value and the message that said it. An optional need that was declined has the value ``. */
export type FormValue = { readonly value: string; readonly message?: string }

export type Form = {
  readonly dialog: string
  readonly values: Readonly<Record<string, FormValue>>
  /** The need whose question is open. */
  readonly asking?: string
  /** Whether the open question is the confirmation. */
  readonly confirming?: boolean
  /** The confirmation was denied, and the open question is what to change. */
  readonly changing?: boolean
  /** They said that they do not have what is asked for. */
  readonly cannot?: boolean
  /** Answers in a row that did not fit the open question. */
  readonly tries: number
}
