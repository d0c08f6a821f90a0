// Sets the window's title: the page, and how many tickets wait.
import { useEffect } from 'react'

let page = ''
let waiting = 0

function show(): void {
  document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${page ? `${page} · ` : ''}Warmline`
}

export function useTitle(words: string): void {
  useEffect(() => {
    page = words
    show()
  }, [words])
}

export function useWaiting(count: number): void {
  useEffect(() => {
    waiting = count
    show()
    return () => {
      waiting = 0
      show()
    }
  }, [count])
}
