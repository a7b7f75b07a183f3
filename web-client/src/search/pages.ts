/** How many results a page has (manual §6.4). */
export const PAGE_SIZE = 10
/** How far a list is read: whoever wants what is further sorts the other way, or searches better. */
export const FURTHEST = 10_000

const AROUND = 2

/** The numbers of the pages to propose: those around the current one, always as many where there are. */
export function around(page: number, count: number): readonly number[] {
  const width = Math.min(count, AROUND * 2 + 1)
  const first = Math.min(Math.max(0, page - AROUND), count - width)
  return Array.from({ length: width }, (_, place) => first + place)
}
