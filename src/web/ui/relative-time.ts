// Relative times in words, and one clock for everything that counts down.
import { useSyncExternalStore } from 'react'
import { present } from './clock.ts'

const watchers = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined
let second = now()

function now(): number {
  return Math.floor(present() / 1000) * 1000
}

function watch(changed: () => void): () => void {
  watchers.add(changed)
  second = now()
  ticking ??= setInterval(() => {
    second = now()
    for (const watcher of watchers) watcher()
  }, 1000)
  return () => {
    watchers.delete(changed)
    if (watchers.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** The time in milliseconds, renewed each second. */
export function useNow(): number {
  return useSyncExternalStore(watch, () => second)
}

/** `2 d`, `3 h`, `12 min`, `40 s`. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? `${hours} h${hours < 10 && minutes % 60 ? ` ${minutes % 60} min` : ''}`
    : `${Math.floor(hours / 24)} d`
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const dayTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })

/** The time of day, with the date when it is another day. */
export function moment(at: number | string): string {
  const date = new Date(at)
  return (date.toDateString() === new Date(present()).toDateString() ? clockTime : dayTime).format(date)
}

export const exactly = (at: number | string): string => fullTime.format(new Date(at))
