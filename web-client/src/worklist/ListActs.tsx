import { Suspense, lazy, useState } from 'react'
import { ALL, NONE, type Selection, countOf, picked } from '../search/selection'
import type { Found } from '../search/useSearch'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import type { WorkList } from './lists'
import { RemoveDialog } from './RemoveDialog'

const MassExportDialog = lazy(() =>
  import('../exports/MassExportDialog').then((module) => ({ default: module.MassExportDialog })),
)

interface Props {
  readonly list: WorkList
  readonly rows: readonly Found[]
  readonly total: number
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly onChanged: (sentence: string) => void
}

/** What is chosen, said as it changes, and what is done with it. */
export function ListActs({ list, rows, total, selection, onSelect, onChanged }: Props) {
  const [open, setOpen] = useState<'export' | 'remove'>()
  const close = () => setOpen(undefined)
  const count = countOf(selection, total)
  const { isAll, ids } = selection
  const { dossiers, chosen } = isAll ? { dossiers: [], chosen: [] } : picked(selection, rows)
  return (
    <div className="selection-bar">
      <output className="selection-count">
        {plural(count, 'dossier choisi', 'dossiers choisis')}
        {isAll && ids.size > 0 && ` – tous sauf ${ids.size}`}
      </output>
      {count < total && <Button onClick={() => onSelect(ALL)}>Choisir les {plural(total, 'dossier')}</Button>}
      {count > 0 && <Button onClick={() => onSelect(NONE)}>Ne rien choisir</Button>}
      <Button icon="archive" look="primary" disabled={count === 0} onClick={() => setOpen('export')}>
        Exporter les dossiers
      </Button>
      <Button icon="close" disabled={count === 0} onClick={() => setOpen('remove')}>
        Retirer de la liste
      </Button>
      {open === 'export' && (
        <Suspense fallback={null}>
          <MassExportDialog
            target={isAll ? { workList: list.id, without: [...ids] } : { dossiers }}
            chosen={chosen}
            count={count}
            onClose={close}
          />
        </Suspense>
      )}
      {open === 'remove' && (
        <RemoveDialog
          list={list}
          selection={selection}
          count={count}
          onClose={close}
          onDone={(sentence) => {
            close()
            onChanged(sentence)
          }}
        />
      )}
    </div>
  )
}
