// The router of the console: the address bar is the state.
import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react'

const watchers = new Set<() => void>()

function watch(changed: () => void): () => void {
  watchers.add(changed)
  addEventListener('popstate', changed)
  return () => {
    watchers.delete(changed)
    removeEventListener('popstate', changed)
  }
}

export function go(path: string): void {
  if (path === location.pathname + location.search) return
  history.pushState(null, '', path)
  for (const watcher of watchers) watcher()
}

/** Goes there without a way back to where we should not be. */
export function replace(path: string): void {
  history.replaceState(null, '', path)
  for (const watcher of watchers) watcher()
}

export type Route =
  | { readonly page: 'queue' }
  | { readonly page: 'ticket'; readonly id: string }
  | { readonly page: 'case'; readonly id: string }
  | { readonly page: 'people' }
  | { readonly page: 'outbox' }
  | { readonly page: 'policy'; readonly rest: readonly string[] }
  | { readonly page: 'unknown' }

function readRoute(path: string): Route {
  const [page, id, ...rest] = path.replace(/^\/console\/?/, '').split('/')
  if (!page) return { page: 'queue' }
  if (page === 'tickets' && id) return { page: 'ticket', id: decodeURIComponent(id) }
  if (page === 'cases' && id) return { page: 'case', id: decodeURIComponent(id) }
  if (page === 'people') return { page: 'people' }
  if (page === 'outbox') return { page: 'outbox' }
  if (page === 'policy')
    return { page: 'policy', rest: [id, ...rest].flatMap((part) => (part ? [decodeURIComponent(part)] : [])) }
  return { page: 'unknown' }
}

export function useRoute(): Route & { readonly search: URLSearchParams } {
  const place = useSyncExternalStore(watch, () => location.pathname + location.search)
  const [path = '', search = ''] = place.split('?')
  return { ...readRoute(path), search: new URLSearchParams(search) }
}

export const ticketPath = (id: string): string => `/console/tickets/${encodeURIComponent(id)}${location.search}`

/** A link within the console. With a modifier key it is the browser's. */
export function Go({
  href,
  onPress,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string; onPress?: () => void }) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    onPress?.()
    go(href)
  }
  return <a {...rest} href={href} onClick={follow} />
}
