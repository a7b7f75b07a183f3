import { useEffect, useState } from 'react'
import type { DossierCriteria } from '../gen/graphql'
import { plural } from '../text/numbers'
import { TextField } from '../ui/Field'
import { ListDisplay } from './ListDisplay'
import { ListFiles } from './ListFiles'
import type { SearchOrder, SearchPlace } from './place'
import type { Selection } from './selection'
import type { useView } from './useView'

const TYPING_PAUSE = 300

interface Props {
  readonly total: number | undefined
  readonly criteria: DossierCriteria | null
  readonly place: SearchPlace
  readonly order: SearchOrder
  readonly view: ReturnType<typeof useView>
  readonly selection: Selection
  /** The dossiers on screen where the list has pages. */
  readonly page: readonly string[] | undefined
  readonly onPlace: (change: Partial<SearchPlace>, replace?: boolean) => void
}

/** Above the results: how many, a filter within them, how they are shown, and the files of them. */
export function FoundTools({ total, criteria, place, order, view, selection, page, onPlace }: Props) {
  return (
    <div className="found-tools">
      <output className="search-count">
        {total === undefined
          ? 'Recherche…'
          : total
            ? plural(total, 'dossier trouvé', 'dossiers trouvés')
            : 'Aucun dossier trouvé'}
      </output>
      <Within value={place.within} onChange={(within) => onPlace({ within }, true)} />
      <ListDisplay view={view}>
        {!!total && <ListFiles taken={{ criteria, order, columns: view.columns, selection }} page={page} />}
      </ListDisplay>
    </div>
  )
}

/** Virtual rows are out of reach of the browser's own search: this one looks through all of them. */
function Within({ value, onChange }: { value: string; onChange: (within: string) => void }) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text.trim() === value) return undefined
    const timer = setTimeout(() => onChange(text.trim()), TYPING_PAUSE)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- another way to say it is no reason to wait anew
  }, [text, value])
  return (
    <TextField
      label="Filtrer dans les résultats"
      type="search"
      autoComplete="off"
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  )
}
