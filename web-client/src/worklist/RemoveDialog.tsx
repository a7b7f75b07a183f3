import { useState } from 'react'
import { useClient } from 'urql'
import { RemoveFromWorkListDocument } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { useOnce } from '../graphql/useOnce'
import type { Selection } from '../search/selection'
import { plural } from '../text/numbers'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { ProblemAlert } from '../ui/Problem'
import { type WorkList, nameOf } from './lists'
import { idsBut, portions } from './portions'

interface Props {
  readonly list: WorkList
  readonly selection: Selection
  readonly count: number
  readonly onClose: () => void
  readonly onDone: (sentence: string) => void
}

/** Several dossiers leave the list at once: asked for again, for they were gathered one by one. */
export function RemoveDialog({ list, selection, count, onClose, onDone }: Props) {
  const client = useClient()
  const { once } = useOnce()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const remove = async () => {
    setBusy(true)
    const found = await leaving()
    setBusy(false)
    setProblem(found)
    if (!found) onDone(`${plural(count, 'dossier retiré', 'dossiers retirés')} de la liste.`)
  }
  const leaving = async (): Promise<Problem | undefined> => {
    const { isAll, ids } = selection
    const named = isAll && ids.size ? await idsBut(client, list.id, ids) : { ids: isAll ? null : [...ids] }
    if ('problem' in named) return named.problem
    for (const dossiers of named.ids ? portions(named.ids) : [null]) {
      // oxlint-disable-next-line no-await-in-loop -- the server takes so many at a time
      const { problem: refused } = await once(RemoveFromWorkListDocument, { list: list.id, dossiers })
      if (refused) return refused
    }
    return undefined
  }
  return (
    <ConfirmDialog
      title={`Retirer ${plural(count, 'dossier')}\u202f?`}
      action="Retirer de la liste"
      icon="close"
      busy={busy}
      onAct={remove}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <p>
        {count < 2 ? 'Ce dossier quitte' : 'Ces dossiers quittent'} «&nbsp;{nameOf(list)}&nbsp;»
        {list.shared && ', pour toute votre organisation'}. Les dossiers eux-mêmes restent tels quels.
      </p>
    </ConfirmDialog>
  )
}
