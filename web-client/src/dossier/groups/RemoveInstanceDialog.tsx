import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { useLocation } from 'wouter'
import { withKey } from '../../formula/address'
import { type Problem, problemOf } from '../../graphql/problem'
import { plural } from '../../text/numbers'
import { ConfirmDialog } from '../../ui/ConfirmDialog'
import { ProblemAlert } from '../../ui/Problem'
import { Loading } from '../../ui/Progress'
import { BatchAlert } from '../BatchAlert'
import type { DialogProps } from '../DossierDialogs'
import { type TabGroup, instanceName, openParts } from './instances'
import { type Standing, readStanding } from './standing'

/** Says what an instance holds, then has it removed as its remover saw it. */
export function RemoveInstanceDialog({
  group,
  instance,
  dossier,
  cells,
  tab,
  pack,
  batches,
  onClose,
}: DialogProps & { group: TabGroup; instance: string }) {
  const client = useClient()
  const [, navigate] = useLocation()
  const [standing, setStanding] = useState<Standing>()
  const [problem, setProblem] = useState<Problem>()
  const name = instanceName(group, instance)
  const own = dossier.parts.flatMap(({ tabs }) => tabs.filter((each) => each.group === group.code))
  const codes = own.map(({ code }) => withKey(code, instance))
  const { close } = batches
  useEffect(() => {
    let wanted = true
    close()
    const read = async () => {
      await cells.flush()
      const found = await readStanding(client, dossier.id, codes, pack)
      if (!wanted) return
      if ('error' in found) setProblem(problemOf(found.error))
      else setStanding(found)
    }
    void read()
    return () => {
      wanted = false
    }
    // Once: what the window says is what its reader then agrees to.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [])
  const remove = async () => {
    if (!standing) return
    const change = { action: 'DELETE' as const, key: instance, was: standing.was }
    if (!(await batches.changeGroup(group.code, change, `${name}\u00a0: exemplaire retiré`))) return
    cells.forget(codes)
    if (codes.includes(tab)) {
      const left = openParts(dossier).flatMap(({ tabs }) => tabs.filter(({ code }) => !codes.includes(code)))
      const next = left.find((each) => each.group === group.code) ?? left[0]
      navigate(`/dossiers/${dossier.id}/${next?.code ?? ''}`)
    }
    onClose()
  }
  return (
    <ConfirmDialog
      title={`Retirer ${name}`}
      action="Retirer"
      icon="trash"
      busy={batches.busy}
      ready={!!standing}
      onAct={remove}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      {batches.said?.tone === 'bad' && <BatchAlert batches={batches} />}
      {standing && (
        <p>
          {own.length > 1 ? `Ses ${own.length} onglets disparaissent` : 'Son onglet disparaît'} du dossier
          {standing.typed > 0 ? `, avec ${plural(standing.typed, 'valeur saisie', 'valeurs saisies')}` : ''}. Vous
          pourrez annuler.
        </p>
      )}
      {!standing && !problem && <Loading label="Lecture de ce qu’il contient…" />}
    </ConfirmDialog>
  )
}
