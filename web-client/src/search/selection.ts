/** The dossiers chosen in a list: some of them, or all but some. */
export interface Selection {
  readonly isAll: boolean
  /** Those that are chosen; those that are not, where all are. */
  readonly ids: ReadonlySet<string>
}

export const NONE: Selection = { isAll: false, ids: new Set() }
export const ALL: Selection = { isAll: true, ids: new Set() }

export function has({ isAll, ids }: Selection, id: string): boolean {
  return ids.has(id) !== isAll
}

export function toggled({ isAll, ids }: Selection, id: string): Selection {
  const others = new Set(ids)
  if (!others.delete(id)) others.add(id)
  return { isAll, ids: others }
}

/** How many are chosen of a list of `total`. */
export function countOf({ isAll, ids }: Selection, total: number): number {
  return isAll ? Math.max(0, total - ids.size) : ids.size
}

/** Those that are chosen by name, in the order shown; what is said of them is nothing unless all were read. */
export function picked<Row extends { readonly id: string }>({ ids }: Selection, rows: readonly Row[]) {
  const chosen = rows.filter(({ id }) => ids.has(id))
  if (chosen.length < ids.size) return { dossiers: [...ids], chosen: [] }
  return { dossiers: chosen.map(({ id }) => id), chosen }
}
