// A hook for one API action: pending, done, or why not.
import { useState } from 'react'
import { announce } from '../../ui/live-region.tsx'
import { ask, asProblem, type Problem } from '../api-client.ts'

export type Step = {
  readonly pending: boolean
  readonly trouble?: Problem
  /** Resolves to the answer, or to nothing when it was refused; `trouble` then says why. */
  take<T>(path: string, body?: unknown, said?: string): Promise<T | undefined>
  forget(): void
}

export function useStep(): Step {
  const [pending, setPending] = useState(false)
  const [trouble, setTrouble] = useState<Problem>()
  return {
    pending,
    trouble,
    forget: () => setTrouble(undefined),
    async take<T>(path: string, body: unknown = {}, said?: string) {
      setPending(true)
      setTrouble(undefined)
      try {
        const answer = await ask<T>('POST', path, body)
        if (said) announce(said)
        return answer
      } catch (error) {
        setTrouble(asProblem(error))
        return undefined
      } finally {
        setPending(false)
      }
    },
  }
}
