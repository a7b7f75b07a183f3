import { useState } from 'react'
import type { DossierCells } from '../../cells/dossierCells'
import type { Problem } from '../../graphql/problem'
import { plural } from '../../text/numbers'

/** An anomaly that stands in the way, as the refusal of a move names it. */
interface Obstacle {
  readonly check: string
  readonly label: string
}

/**
 * Sends the crossing of a step: `send` sees to it that a second click, or an answer lost on the way, never
 * crosses twice. Nothing is crossed over values not kept yet.
 */
export function useCrossing(cells: DossierCells, send: () => Promise<Problem | undefined>, onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const cross = async () => {
    setBusy(true)
    await cells.flush()
    const found = unsavedProblem(cells) ?? (await send())
    setBusy(false)
    setProblem(found)
    if (!found) onDone()
  }
  const obstacles = (problem?.details.anomalies ?? []) as readonly Obstacle[]
  return { busy, problem, obstacles, cross }
}

function unsavedProblem(cells: DossierCells): Problem | undefined {
  const { unsaved } = cells.summary()
  if (!unsaved) return undefined
  const message = `${plural(unsaved, 'saisie n’est pas enregistrée', 'saisies ne sont pas enregistrées')} (refusée, en conflit ou en attente)\u00a0: corrigez-la d’abord.`
  return {
    code: 'UNSAVED',
    message: unsaved > 1 ? message.replace('refusée', 'refusées').replace('corrigez-la', 'corrigez-les') : message,
    details: {},
  }
}
