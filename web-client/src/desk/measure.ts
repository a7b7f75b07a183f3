import type { ImpactFieldsFragment } from '../gen/graphql'
import type { Problem } from '../graphql/problem'

export interface Measure {
  readonly impact: Pick<ImpactFieldsFragment, 'blocking'> | undefined
  readonly problem: Problem | undefined
}

// The network, the weight of the question, the server: none of them says anything of the act itself.
const WITHOUT_MEASURE = new Set(['UNREACHABLE', 'DOCUMENT_TOO_COMPLEX', 'AUTHORITY_UNAVAILABLE', 'INTERNAL'])

/** Whether what an act does could not be measured, though nothing speaks against the act. */
export function isUnmeasured(problem: Problem | undefined): boolean {
  return problem !== undefined && WITHOUT_MEASURE.has(problem.code)
}

/** Nothing is sent before what it does was read, nor what would be refused; what cannot be measured may be. */
export function mayBeSent({ impact, problem }: Measure): boolean {
  return problem ? isUnmeasured(problem) : impact?.blocking.length === 0
}
