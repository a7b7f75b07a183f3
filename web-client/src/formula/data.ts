export type Texts = Readonly<Record<string, string>>

/** A row of a dynamic tab: its lasting key, and its typed columns. */
export interface TypedRow {
  readonly key: string
  readonly values: Texts
}

/** What an organism typed, and last year's cells, in canonical text; a blank cell is absent. */
export interface TypedData {
  readonly cells: Texts
  readonly forced: Texts
  readonly rows: Readonly<Record<string, readonly TypedRow[]>>
  readonly previous: Texts
}

/** A check that does not hold: the gap is left - right, null where there is nothing to count. */
export interface Failure {
  readonly check: string
  readonly severity: 'minor' | 'major' | 'blocking'
  readonly gap: string | null
}
