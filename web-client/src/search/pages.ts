/** How many results a page has (manual §6.4). */
export const PAGE_SIZE = 10
/** How far a list is read: whoever wants what is further sorts the other way, or searches better. */
export const FURTHEST = 10_000

const AROUND = 2

/** The dossiers of a page; undefined where the list has none. */
export function idsOf(rows: readonly { readonly id: string }[], page: number, isPaged: boolean) {
  return isPaged ? rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE).map(({ id }) => id) : undefined
}

/** The numbers of the pages to propose: those around the current one, always as many where there are. */
export function around(page: number, count: number): readonly number[] {
  const width = Math.min(count, AROUND * 2 + 1)
  const first = Math.min(Math.max(0, page - AROUND), count - width)
  return Array.from({ length: width }, (_, place) => first + place)
}
