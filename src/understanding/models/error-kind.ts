// Names the kind of a model's failure without its message, which may quote a key or a customer.
/** What kind of failure it was. Its message is left out: it may quote a key, a customer or the model. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const status = 'status' in error && typeof error.status === 'number' ? ` (HTTP ${error.status})` : ''
  return `${error.name}${status}`
}
