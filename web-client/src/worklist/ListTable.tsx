import { Suspense, lazy, useRef, useState } from 'react'
import { Link } from 'wouter'
import { SortWorkListDocument } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { COLUMNS } from '../search/columns'
import { FURTHEST, PAGE_SIZE, idsOf } from '../search/pages'
import type { SearchOrder } from '../search/place'
import { ResultPages } from '../search/ResultPages'
import { PagedResults, VirtualResults } from '../search/Results'
import { ALL, NONE, type Selection, toggled } from '../search/selection'
import { type Found, asking, useSearch } from '../search/useSearch'
import { useView } from '../search/useView'
import { platformOf } from '../search/words'
import { useSession } from '../session/session'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { ListActs } from './ListActs'
import { ListTools } from './ListTools'
import type { WorkList } from './lists'
import { useCrosses } from './useCrosses'
import '../search/search.css'

const OrganismCard = lazy(() => import('../search/OrganismCard').then((module) => ({ default: module.OrganismCard })))

interface Props {
  readonly list: WorkList
  readonly onChanged: (sentence: string) => void
}

/** What a work list holds: the columns and the order of the results, and a cross for each row (manual §7.2). */
export function ListTable({ list, onChanged }: Props) {
  const { order, setOrder, view, search, problem } = useShown(list)
  const [selection, setSelection] = useState<Selection>(NONE)
  const [card, setCard] = useState<Found>()
  const [page, setPage] = useState(0)
  const heading = useRef<HTMLParagraphElement>(null)
  const crosses = useCrosses(list, heading, (id) => setSelection(without(selection, id)))
  const rows = search.rows.filter(({ id }) => !crosses.gone.has(id))
  const total = search.total === undefined ? undefined : search.total - crosses.gone.size
  const shown = Math.min(total ?? 0, FURTHEST)
  const shownList = {
    rows,
    total: shown,
    columns: [...COLUMNS.filter(({ key }) => view.columns.includes(key)), crosses.column],
    order,
    selection,
    onOrder: (next: SearchOrder) => (setPage(0), setOrder(next)),
    onTick: (id: string) => setSelection(toggled(selection, id)),
    onTickAll: () => setSelection(selection.isAll && selection.ids.size === 0 ? NONE : ALL),
    onCard: setCard,
    onReach: (index: number) => search.reach(index + crosses.gone.size),
  }
  const pages = Math.ceil(shown / PAGE_SIZE)
  const at = Math.min(page, Math.max(0, pages - 1))
  return (
    <>
      <ProblemAlert problem={crosses.problem ?? problem} />
      <div className="search-results">
        <ListTools {...{ list, total, order, view, selection, heading }} page={idsOf(rows, at, view.paged)} />
        {total ? <ListActs {...{ list, selection, rows, total, onChanged }} onSelect={setSelection} /> : null}
        {total === undefined && !problem && <Loading label="Lecture de la liste…" />}
        {total === 0 && <Empty />}
        {!!total && !view.paged && <VirtualResults key={`${order.sort} ${order.descending}`} {...shownList} />}
        {!!total && view.paged && (
          <>
            <PagedResults {...shownList} from={at * PAGE_SIZE} size={PAGE_SIZE} />
            <ResultPages page={at} count={pages} onGo={setPage} />
          </>
        )}
      </div>
      {card && (
        <Suspense fallback={null}>
          <OrganismCard found={card} onClose={() => setCard(undefined)} />
        </Suspense>
      )}
    </>
  )
}

/** The rows in the order that was last kept; another order is kept at once (manual §7). */
function useShown(list: WorkList) {
  const { viewer } = useSession()
  const [order, setOrder] = useState<SearchOrder>({ sort: list.sort, descending: list.descending })
  const view = useView(platformOf(viewer), 'WORK_LIST')
  const keeping = useOnce()
  const search = useSearch(view.isKnown ? asking({ workList: list.id }, order, view.columns) : undefined)
  return {
    order,
    view,
    search,
    problem: search.problem ?? view.problem ?? keeping.problem,
    setOrder: (next: SearchOrder) => {
      setOrder(next)
      void keeping.send(SortWorkListDocument, { list: list.id, ...next })
    },
  }
}

/** The same choice without a dossier that has left. */
function without({ isAll, ids }: Selection, id: string): Selection {
  return { isAll, ids: new Set([...ids].filter((one) => one !== id)) }
}

function Empty() {
  return (
    <p className="search-nothing">
      Cette liste est vide. <Link href="/">Cherchez des dossiers</Link>, cochez-les, puis choisissez «&nbsp;Ajouter à la
      liste de travail&nbsp;»&nbsp;; ou importez un fichier CSV.
    </p>
  )
}
