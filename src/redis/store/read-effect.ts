// Reads a stored effect, or says that it is unreadable.
import type { Effect } from '#domain'
import { effectOf, RecordFromNewerVersion } from './migrations.ts'

/** An effect that this version of the code cannot carry out; the message says why. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

/** Reads an effect as it is stored; throws `Unreadable`, or `NewerRecord` where newer code may read it. */
export function readEffect(json: string): Effect {
  let read: Effect
  try {
    read = effectOf(json)
  } catch (error) {
    if (error instanceof RecordFromNewerVersion) throw error
    throw new Unreadable('its record cannot be read')
  }
  if (read.do !== 'send' && read.do !== 'announce') throw new Unreadable('this version does not know how to do it')
  return read
}

/** The effect, or undefined where `readEffect` throws or there is none. */
export function tryRead(json: string | null | undefined): Effect | undefined {
  try {
    return json ? readEffect(json) : undefined
  } catch {
    return undefined
  }
}
