// Shutdown: closes what was opened, in reverse order.

export type Shutdown = {
  /** Notes what was opened, and how it is closed. */
  add(what: string, close: () => Promise<unknown> | unknown): void
  /** Closes all of it, the newest first; what fails to close is logged and holds up nothing. Twice is once. */
  close(): Promise<void>
}

export function openShutdown(log: { warn(about: object, message: string): void }): Shutdown {
  const opened: { readonly what: string; readonly close: () => Promise<unknown> | unknown }[] = []
  return {
    add: (what, close) => void opened.push({ what, close }),
    async close() {
      for (const { what, close } of opened.splice(0).reverse()) {
        try {
          await close()
        } catch (error) {
          log.warn({ what, reason: error instanceof Error ? error.message : String(error) }, 'closing failed')
        }
      }
    },
  }
}
