import { useState } from 'react'
import type { CombinedError } from '@urql/core'
import { type Problem, problemOf } from './problem'

/** Sends one thing at a time, and keeps what was refused to show it in its place. */
export function useAct() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const act = async <Data>(send: () => Promise<{ data?: Data; error?: CombinedError }>): Promise<Data | undefined> => {
    setBusy(true)
    const { data, error } = await send()
    setBusy(false)
    setProblem(problemOf(error))
    return error ? undefined : data
  }
  return { busy, problem, act, forget: () => setProblem(undefined) }
}

/** Someone else has saved the same thing since it was read. */
export function isConflict(problem: Problem | undefined): boolean {
  return problem !== undefined && problem.code.endsWith('_STALE')
}
