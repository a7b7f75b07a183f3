import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { CommonCoreDocument, type CommonCoreQuery, type CopyDirection } from '../../gen/graphql'
import { type Problem, problemOf } from '../../graphql/problem'
import { formatCount, plural } from '../../text/numbers'
import { typeset } from '../../text/typeset'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ProblemAlert } from '../../ui/Problem'
import { Loading } from '../../ui/Progress'
import { Scroller } from '../../ui/Scroller'
import { BatchAlert } from '../BatchAlert'
import type { DialogProps } from '../DossierDialogs'
import '../../ui/table.css'

type Core = NonNullable<CommonCoreQuery['dossier']['commonCore']>
type Divergence = Core['divergences'][number]

/** Where this dossier and the other of the year say something else (manual §1.1.10), and the copying. */
export function CommonCoreDialog({ dossier, cells, batches, goToCell, onClose }: DialogProps) {
  const { core, problem, isRead, reread } = useCommonCore(dossier.id)
  const [chosen, setChosen] = useState<ReadonlyMap<string, CopyDirection>>(new Map())
  const here = `${dossier.form} ${dossier.year}`
  const there = core ? `${core.other.form} ${core.other.year}` : ''
  const divergences = core?.divergences ?? []

  const choose = (id: string, direction: CopyDirection | undefined) => {
    const next = new Map(chosen)
    if (direction) next.set(id, direction)
    else next.delete(id)
    setChosen(next)
  }
  const chooseAll = (direction: CopyDirection) =>
    setChosen(new Map(divergences.filter((one) => canCopy(one, direction)).map(({ id }) => [id, direction])))
  const copy = async () => {
    for (const direction of ['FROM_OTHER', 'TO_OTHER'] as const) {
      const going = divergences.filter(({ id }) => chosen.get(id) === direction)
      const seen = going.map(({ id, here: mine, there: theirs }) => ({ id, here: mine, there: theirs }))
      if (seen.length && !(await batches.copy({ divergences: seen, direction }))) break
    }
    setChosen(new Map())
    reread()
  }
  const { close } = batches
  useEffect(() => {
    close()
    void cells.flush().then(reread)
    // Once: what was said before this window opened is not of it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [])
  return (
    <Dialog
      title="Tronc commun"
      size="l"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Fermer</Button>
          {divergences.length > 0 && (
            <Button look="primary" disabled={chosen.size === 0} busy={batches.busy} onClick={() => void copy()}>
              {chosen.size ? `Copier ${plural(chosen.size, 'valeur')}` : 'Copier'}
            </Button>
          )}
        </>
      }
    >
      <ProblemAlert problem={problem} />
      <BatchAlert batches={batches} />
      {!isRead && !problem && <Loading label="Comparaison des deux dossiers…" />}
      {isRead && !core && !problem && (
        <p>Aucun autre dossier de cette année ne partage de valeur avec celui-ci, ou vous ne pouvez pas le lire.</p>
      )}
      {core && (
        <p>
          {divergences.length
            ? `${plural(divergences.length, 'valeur diffère', 'valeurs diffèrent')} du dossier ${there} (${core.other.platform.name}), sur ${formatCount(core.shared)} partagées.`
            : `Les ${formatCount(core.shared)} valeurs partagées avec le dossier ${there} (${core.other.platform.name}) sont les mêmes.`}
        </p>
      )}
      {divergences.length > 0 && (
        <>
          <p className="row">
            <Button onClick={() => chooseAll('FROM_OTHER')} disabled={!divergences.some((one) => one.canCopyFromOther)}>
              Tout reprendre de {there}
            </Button>
            <Button onClick={() => chooseAll('TO_OTHER')} disabled={!divergences.some((one) => one.canCopyToOther)}>
              Tout envoyer vers {there}
            </Button>
          </p>
          <Scroller className="table-box divergences" label="Valeurs qui diffèrent">
            <table>
              <thead>
                <tr>
                  <th scope="col">Cellule</th>
                  <th scope="col">{here}</th>
                  <th scope="col">{there}</th>
                  <th scope="col">Copie</th>
                </tr>
              </thead>
              <tbody>
                {divergences.map((one) => (
                  <Row key={one.id} divergence={one} chosen={chosen.get(one.id)} {...{ there, choose, goToCell }} />
                ))}
              </tbody>
            </table>
          </Scroller>
        </>
      )}
    </Dialog>
  )
}

interface RowProps {
  readonly divergence: Divergence
  readonly chosen: CopyDirection | undefined
  readonly there: string
  readonly choose: (id: string, direction: CopyDirection | undefined) => void
  readonly goToCell: (cell: string) => void
}

function Row({ divergence, chosen, there, choose, goToCell }: RowProps) {
  const { id, cell, label, hereDisplay, thereDisplay, provenance } = divergence
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link-button" onClick={() => goToCell(cell)}>
          {cell}
        </button>
        <p className="muted">{typeset(label)}</p>
      </th>
      <td className="numeric">{hereDisplay || 'vide'}</td>
      <td>
        <span className="numeric">{thereDisplay || 'vide'}</span>
        <p className="muted">{provenance}</p>
      </td>
      <td>
        <select
          className="control"
          aria-label={`Copie de ${cell}`}
          value={chosen ?? ''}
          onChange={({ target }) => choose(id, (target.value || undefined) as CopyDirection | undefined)}
        >
          <option value="">Laisser</option>
          {canCopy(divergence, 'FROM_OTHER') && <option value="FROM_OTHER">Reprendre de {there}</option>}
          {canCopy(divergence, 'TO_OTHER') && <option value="TO_OTHER">Envoyer vers {there}</option>}
        </select>
      </td>
    </tr>
  )
}

function canCopy({ canCopyFromOther, canCopyToOther }: Divergence, direction: CopyDirection): boolean {
  return direction === 'FROM_OTHER' ? canCopyFromOther : canCopyToOther
}

function useCommonCore(id: string) {
  const client = useClient()
  const [state, setState] = useState<{ core?: Core; problem?: Problem; isRead: boolean }>({ isRead: false })
  const [reread] = useState(
    () => () =>
      void client.query(CommonCoreDocument, { id }, { requestPolicy: 'network-only' }).then(({ data, error }) => {
        setState({ core: data?.dossier.commonCore ?? undefined, problem: problemOf(error), isRead: true })
      }),
  )
  return { ...state, reread }
}
