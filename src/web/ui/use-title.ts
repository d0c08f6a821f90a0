// Sets the window's title: the page, and how many notifications are unread.
import { useEffect } from 'react'

let page = ''
let unread = 0

function show(): void {
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${page ? `${page} · ` : ''}Warmline`
}

export function useTitle(words: string): void {
  useEffect(() => {
    page = words
    show()
  }, [words])
}

export function useUnread(count: number): void {
  useEffect(() => {
    unread = count
    show()
    return () => {
      unread = 0
      show()
    }
  }, [count])
}
