import type { Problem } from '../graphql/problem'
import { isUnmeasured } from './measure'

/** Beside the problem that kept an effect from being measured: one may go on without. */
export function Unmeasured({ problem }: { problem: Problem | undefined }) {
  if (!isUnmeasured(problem)) return null
  return (
    <p>
      L’effet sur les dossiers n’a pas pu être mesuré&nbsp;: vous pouvez continuer sans le connaître, ou fermer cette
      fenêtre et la rouvrir pour le mesurer.
    </p>
  )
}
