import type { ReactNode } from 'react'
import type { Problem } from '../graphql/problem'
import { AskWhyRefused } from '../rights/AskWhy'
import { Alert } from './Alert'

/** What the server said went wrong, in its own words; a refusal can be explained further. */
export function ProblemAlert({ problem, children }: { problem: Problem | undefined; children?: ReactNode }) {
  if (!problem) return null
  return (
    <Alert tone="bad">
      <p>{problem.message}</p>
      {problem.code === 'REFUSED' && <AskWhyRefused problem={problem} />}
      {children}
    </Alert>
  )
}
