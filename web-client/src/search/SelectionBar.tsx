import { Suspense, lazy, useState } from 'react'
import type { DossierCriteria } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { AddToWorkList } from './AddToWorkList'
import { ALL, NONE, type Selection, countOf, has } from './selection'
import type { Search } from './useSearch'

const LabelsDialog = lazy(() => import('./LabelsDialog').then((module) => ({ default: module.LabelsDialog })))

interface Props {
  readonly search: Search
  readonly criteria: DossierCriteria | null
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
}

/** What is chosen, said as it changes, and what may be done with it. */
export function SelectionBar({ search, criteria, selection, onSelect }: Props) {
  const [isLabelling, setLabelling] = useState(false)
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
          <Button icon="tag" onClick={() => setLabelling(true)}>
            Étiquettes
          </Button>
        </>
      )}
      {isLabelling && (
        <Suspense fallback={null}>
          <LabelsDialog
            search={search}
            isChosen={(id) => has(selection, id)}
            count={count}
            onClose={() => setLabelling(false)}
          />
        </Suspense>
      )}
    </div>
  )
}
