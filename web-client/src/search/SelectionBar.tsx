import { Suspense, lazy, useState } from 'react'
import type { DossierCriteria } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { AddToWorkList } from './AddToWorkList'
import { STEPS } from './criteria'
import { ALL, NONE, type Selection, countOf, has, picked } from './selection'
import type { Search } from './useSearch'

const MassExportDialog = lazy(() =>
  import('../exports/MassExportDialog').then((module) => ({ default: module.MassExportDialog })),
)
const LabelsDialog = lazy(() => import('./LabelsDialog').then((module) => ({ default: module.LabelsDialog })))

/** All that one reads, for what asks for a criterion: whoever has few dossiers sees them before he searches. */
const EVERY_STEP: DossierCriteria = { steps: STEPS.map(({ step }) => step) }

interface Props {
  readonly search: Search
  readonly criteria: DossierCriteria | null
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
}

/** What is chosen, said as it changes, and what may be done with it. */
export function SelectionBar({ search, criteria, selection, onSelect }: Props) {
  const [open, setOpen] = useState<'export' | 'labels'>()
  const close = () => setOpen(undefined)
  const total = search.total ?? 0
  const count = countOf(selection, total)
  const without = selection.isAll ? selection.ids.size : 0
  return (
    <div className={count > 0 ? 'selection-bar' : undefined}>
      <output className={count > 0 ? 'selection-count' : 'visually-hidden'}>
        {plural(count, 'dossier choisi', 'dossiers choisis')}
        {without > 0 && ` – tous sauf ${without}`}
      </output>
      {count > 0 && (
        <>
          {count < total && <Button onClick={() => onSelect(ALL)}>Choisir les {plural(total, 'résultat')}</Button>}
          <Button onClick={() => onSelect(NONE)}>Ne rien choisir</Button>
          <AddToWorkList
            key={JSON.stringify([criteria, selection.isAll, ...selection.ids])}
            criteria={criteria}
            selection={selection}
          />
          <Button icon="archive" onClick={() => setOpen('export')}>
            Exporter les dossiers
          </Button>
          <Button icon="tag" onClick={() => setOpen('labels')}>
            Étiquettes
          </Button>
        </>
      )}
      <Suspense fallback={null}>
        {open === 'export' && <ExportChosen {...{ search, criteria, selection, count }} onClose={close} />}
        {open === 'labels' && (
          <LabelsDialog search={search} isChosen={(id) => has(selection, id)} count={count} onClose={close} />
        )}
      </Suspense>
    </div>
  )
}

interface ChosenProps extends Omit<Props, 'onSelect'> {
  readonly count: number
  readonly onClose: () => void
}

/** The files of the dossiers themselves: of those named, or of all that is found but some. */
function ExportChosen({ search, criteria, selection, count, onClose }: ChosenProps) {
  const { isAll, ids } = selection
  const { dossiers, chosen } = isAll ? { dossiers: [], chosen: [] } : picked(selection, search.rows)
  const target = isAll ? { criteria: criteria ?? EVERY_STEP, without: [...ids] } : { dossiers }
  return <MassExportDialog target={target} chosen={chosen} count={count} onClose={onClose} />
}
