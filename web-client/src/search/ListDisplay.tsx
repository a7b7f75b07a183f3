import { type ReactNode, Suspense, lazy, useState } from 'react'
import { useSession } from '../session/session'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { Folded } from '../ui/Folded'
import { offeredColumns } from './columns'
import type { useView } from './useView'
import { platformOf } from './words'

const ColumnsDialog = lazy(() => import('./ColumnsDialog').then((module) => ({ default: module.ColumnsDialog })))

/** How a list is shown: in pages or not, by which columns; then what else is done with it (manual §6.4). */
export function ListDisplay({ view, children }: { view: ReturnType<typeof useView>; children?: ReactNode }) {
  const { viewer } = useSession()
  const [isChoosing, setChoosing] = useState(false)
  return (
    <>
      <Folded label="Affichage et fichiers">
        <SelectField
          label="Affichage"
          value={view.paged ? 'paginé' : 'non paginé'}
          onChange={({ target }) => view.save({ paged: target.value === 'paginé' })}
        >
          <option>non paginé</option>
          <option>paginé</option>
        </SelectField>
        <Button icon="columns" onClick={() => setChoosing(true)}>
          Colonnes
        </Button>
        {children}
      </Folded>
      {isChoosing && (
        <Suspense fallback={null}>
          <ColumnsDialog
            offered={offeredColumns(platformOf(viewer))}
            usual={view.usual}
            shown={view.columns}
            onSave={(columns) => {
              view.save({ columns })
              setChoosing(false)
            }}
            onClose={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </>
  )
}
