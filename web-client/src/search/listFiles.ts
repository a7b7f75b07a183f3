import type { DossierCriteria } from '../gen/graphql'
import type { SearchOrder } from './place'
import type { Selection } from './selection'

export type ListFormat = 'csv' | 'xml' | 'xlsx' | 'html'

/** The address of a list as a file: what is found, in its order, with the columns shown, without what was left out. */
export function listAddress(
  format: ListFormat,
  criteria: DossierCriteria | null,
  { sort, descending }: SearchOrder,
  columns: readonly string[],
  selection: Selection,
): string {
  const named = new URLSearchParams()
  if (criteria) named.set('q', JSON.stringify(criteria))
  named.set('tri', sort)
  if (descending) named.set('sens', 'desc')
  named.set('colonnes', columns.join(','))
  if (selection.isAll && selection.ids.size > 0) named.set('sauf', [...selection.ids].join(','))
  return `/dossiers.${format}?${named}`
}
