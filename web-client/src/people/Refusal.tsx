import { type ReactNode, useEffect, useRef } from 'react'
import type { Problem } from '../graphql/problem'
import { ProblemAlert } from '../ui/Problem'

/** What the server refused, in its own words, where it was asked; it takes the focus each time. */
export function Refusal({ problem, children }: { problem: Problem | undefined; children?: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (problem) box.current?.focus()
  }, [problem])
  return (
    <div ref={box} tabIndex={-1} className="refusal">
      <ProblemAlert problem={problem}>{children}</ProblemAlert>
    </div>
  )
}
