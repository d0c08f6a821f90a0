// The live region that tells screen readers what happens elsewhere on the page.
import { useSyncExternalStore } from 'react'

const watchers = new Set<() => void>()
let said = ''

export function announce(words: string): void {
  // The same words twice are only read again when they differ.
  said = words === said ? `${words}\u00a0` : words
  for (const watcher of watchers) watcher()
}

export function Announcer() {
  const words = useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => said,
  )
  return (
    <div className="hidden-text" role="status" aria-live="polite">
      {words}
    </div>
  )
}
