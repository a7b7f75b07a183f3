import type { Problem } from '../graphql/problem'

const STALE: ReadonlySet<string> = new Set([
  'STEP_CONFLICT',
  'HANDED_BACK',
  'NOT_HANDED_BACK',
  'REOPENING_OPEN',
  'REOPENING_ANSWERED',
  'SUBSTEP_UNKNOWN',
  // The first try went through, and something else was typed before the second.
  'IDEMPOTENCY_REUSED',
])

/** Whether the dossier is no longer as the screen shows it. */
export function isStale(problem: Problem | undefined): boolean {
  return problem !== undefined && STALE.has(problem.code)
}
