import { useState } from 'react'
import type { Problem } from '../graphql/problem'

/** One thing done at a time, and what went wrong with it. */
export function useAct(send: () => Promise<Problem | undefined>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const act = async () => {
    setBusy(true)
    const found = await send()
    setBusy(false)
    setProblem(found)
  }
  return { busy, problem, act: () => void act() }
}
