import type { RefObject } from 'react'
import { ListDisplay } from '../search/ListDisplay'
import { ListFiles } from '../search/ListFiles'
import type { SearchOrder } from '../search/place'
import type { Selection } from '../search/selection'
import type { useView } from '../search/useView'
import { plural } from '../text/numbers'
import { FileLink } from '../ui/FileLink'
import type { WorkList } from './lists'

const USERS = [
  ['xlsx', 'Excel'],
  ['csv', 'CSV'],
] as const

interface Props {
  readonly list: WorkList
  readonly total: number | undefined
  readonly order: SearchOrder
  readonly view: ReturnType<typeof useView>
  readonly selection: Selection
  /** The dossiers on screen where the list has pages. */
  readonly page: readonly string[] | undefined
  readonly heading: RefObject<HTMLParagraphElement | null>
}

/** Above the list: how many, how they are shown, and the files of them (manual §6.4, §7). */
export function ListTools({ list, total, order, view, selection, page, heading }: Props) {
  return (
    <div className="found-tools">
      <p className="search-count" ref={heading} tabIndex={-1} aria-live="polite">
        {total === undefined ? 'Lecture de la liste…' : plural(total, 'dossier')}
      </p>
      <ListDisplay view={view}>{!!total && <Files {...{ list, order, view, selection, page }} />}</ListDisplay>
    </div>
  )
}

/** The list itself, and the users of its organisms. */
function Files({ list, order, view, selection, page }: Omit<Props, 'total' | 'heading'>) {
  return (
    <>
      <ListFiles taken={{ criteria: { workList: list.id }, order, columns: view.columns, selection }} page={page} />
      <div className="worklist-files">
        <span aria-hidden="true">Utilisateurs des organismes&nbsp;:</span>
        <ul className="found-files" aria-label="Les utilisateurs des organismes, en fichier">
          {USERS.map(([format, name]) => (
            <li key={format}>
              <FileLink href={`/work-lists/${list.id}/users.${format}`} size={0}>
                {name}
              </FileLink>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}
