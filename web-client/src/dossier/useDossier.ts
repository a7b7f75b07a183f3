import { useCallback, useMemo, useState } from 'react'
import { useClient, useQuery } from 'urql'
import type { DossierCells } from '../cells/dossierCells'
import { useVersion } from '../cells/useStore'
import { DossierDocument, type DossierQuery, JustifyAnomalyDocument, VerifyDossierDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import type { Verification } from './marks'

export type DossierData = DossierQuery['dossier']

/** The dossier without its values, and how to read it again. */
export function useDossier(id: string): { dossier?: DossierData; problem?: Problem; reload: () => void } {
  const [{ data, error }, execute] = useQuery({ query: DossierDocument, variables: { id } })
  const reload = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  return { dossier: data?.dossier, problem: problemOf(error), reload }
}

/** The last verification, whether values were written since, and how to run or complete it. */
export function useVerification(id: string, kept: Verification | null | undefined, cells: DossierCells) {
  const client = useClient()
  useVersion(cells.saves)
  const [latest, setLatest] = useState<Verification>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const verification = newest(kept, latest)
  // The writes kept when this verification was received: one more, and it is out of date.
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  const writtenBefore = useMemo(() => cells.written, [cells, verification])

  const verify = async () => {
    setBusy(true)
    await cells.flush()
    const { data, error } = await client.mutation(VerifyDossierDocument, { dossier: id })
    setBusy(false)
    setProblem(problemOf(error))
    if (data) setLatest(data.verifyDossier)
  }
  const justify = async (check: string, text: string, instance: string): Promise<Problem | undefined> => {
    const { data, error } = await client.mutation(JustifyAnomalyDocument, { dossier: id, check, text, instance })
    if (data) setLatest(data.justifyAnomaly)
    return problemOf(error)
  }
  const stale = Boolean(verification && (verification.stale || cells.written !== writtenBefore))
  return { verification, stale, busy, problem, verify, justify }
}

function newest(kept: Verification | null | undefined, latest: Verification | undefined): Verification | undefined {
  if (!kept || !latest) return latest ?? kept ?? undefined
  return latest.at >= kept.at ? latest : kept
}
