import type { DossierCriteria } from '../gen/graphql'
import type { SearchOrder } from './place'
import type { Selection } from './selection'

export type ListFormat = 'csv' | 'xml' | 'xlsx' | 'html'

/** What a list is taken of, as its address says it. */
export interface ListTaken {
  readonly criteria: DossierCriteria | null
  readonly order: SearchOrder
  readonly columns: readonly string[]
  readonly selection: Selection
}

/** The server takes no more names in an address. */
const MOST_NAMED = 1000

/** Whether a file of them can be asked for. */
export function canTake({ ids }: Selection): boolean {
  return ids.size <= MOST_NAMED
}

/** What is printed: what is chosen; where nothing is, the rows of the page on screen, where there are pages. */
export function toPrint(selection: Selection, page: readonly string[] | undefined): Selection {
  const isChosen = selection.isAll || selection.ids.size > 0
  return isChosen || !page ? selection : { isAll: false, ids: new Set(page) }
}

/** The address of a list as a file: what is found, in its order, with the columns shown; of it, what is chosen. */
export function listAddress(
  format: ListFormat,
  { criteria, order: { sort, descending }, columns, selection: { isAll, ids } }: ListTaken,
): string {
  const named = new URLSearchParams()
  if (criteria) named.set('q', JSON.stringify(criteria))
  named.set('tri', sort)
  if (descending) named.set('sens', 'desc')
  named.set('colonnes', columns.join(','))
  if (ids.size > 0) named.set(isAll ? 'sauf' : 'seuls', [...ids].join(','))
  return `/dossiers.${format}?${named}`
}
