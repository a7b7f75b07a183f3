import { Suspense, lazy, useEffect, useState } from 'react'
import type { DossierCriteria } from '../gen/graphql'
import { useSession } from '../session/session'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Facets } from './Facets'
import { FoundTools } from './FoundTools'
import { ResultPages } from './ResultPages'
import { PagedResults, VirtualResults } from './Results'
import { SelectionBar } from './SelectionBar'
import { COLUMNS } from './columns'
import { FURTHEST, PAGE_SIZE, idsOf } from './pages'
import type { SearchOrder, SearchPlace } from './place'
import { ALL, NONE, toggled } from './selection'
import { type Found as FoundDossier, asking, useSearch } from './useSearch'
import { useView } from './useView'
import { platformOf } from './words'

const OrganismCard = lazy(() => import('./OrganismCard').then((module) => ({ default: module.OrganismCard })))

interface Props {
  readonly criteria: DossierCriteria | null
  readonly place: SearchPlace
  readonly order: SearchOrder
  readonly onPlace: (change: Partial<SearchPlace>, replace?: boolean) => void
  readonly onOrder: (order: SearchOrder) => void
}

/** What was found (manual §6.4): counted, spread, sorted, chosen among, and taken away as files. */
export function Found({ criteria, place, order, onPlace, onOrder }: Props) {
  const { viewer } = useSession()
  const view = useView(platformOf(viewer))
  const search = useSearch(view.isKnown ? asking(criteria, order, view.columns) : undefined)
  const [selection, setSelection] = useState(NONE)
  const [card, setCard] = useState<FoundDossier>()
  const [page, setPage] = useState(0)
  const what = JSON.stringify(criteria)
  const list = `${what} ${order.sort} ${order.descending}`
  useEffect(() => setSelection(NONE), [what])
  useEffect(() => setPage(0), [list, view.paged])
  const { rows, total } = search
  const shown = Math.min(total ?? 0, FURTHEST)
  const shownList = {
    rows,
    total: shown,
    columns: COLUMNS.filter(({ key }) => view.columns.includes(key)),
    order,
    selection,
    onOrder,
    onTick: (id: string) => setSelection(toggled(selection, id)),
    onTickAll: () => setSelection(selection.isAll && selection.ids.size === 0 ? NONE : ALL),
    onCard: setCard,
    onReach: search.reach,
  }
  return (
    <>
      <ProblemAlert problem={search.problem ?? view.problem} />
      <div className="search-results">
        <FoundTools
          {...{ total, criteria, place, order, view, selection, onPlace }}
          page={idsOf(rows, page, view.paged)}
        />
        <Facets criteria={criteria} place={place} isReady={total !== undefined} onChange={onPlace} />
        {total ? <SelectionBar {...{ search, criteria, selection }} onSelect={setSelection} /> : null}
        {total === undefined && !search.problem && <Loading label="Recherche des dossiers…" />}
        {total === 0 && <NothingFound isFiltered={place.within !== ''} />}
        {!!total && !view.paged && <VirtualResults key={list} {...shownList} />}
        {!!total && view.paged && (
          <>
            <PagedResults {...shownList} from={page * PAGE_SIZE} size={PAGE_SIZE} />
            <ResultPages page={page} count={Math.ceil(shown / PAGE_SIZE)} onGo={setPage} />
          </>
        )}
        {(total ?? 0) > FURTHEST && <TooMany />}
      </div>
      {card && (
        <Suspense fallback={null}>
          <OrganismCard found={card} onClose={() => setCard(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  return (
    <p className="search-nothing">
      {isFiltered
        ? 'Aucun résultat ne porte ces mots\u00a0: changez ou effacez le filtre.'
        : 'Aucun dossier ne correspond parmi ceux que vous pouvez consulter. Essayez un mot du nom, les premiers chiffres du SIREN, ou retirez un critère.'}
    </p>
  )
}

function TooMany() {
  return (
    <p className="search-nothing">
      Les 10&nbsp;000 premiers résultats s’affichent. Pour voir les suivants, précisez la recherche ou inversez le tri.
    </p>
  )
}
