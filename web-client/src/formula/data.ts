import type { CheckSeverity } from './program'

export type Texts = Readonly<Record<string, string>>

/** A row of a dynamic tab: its lasting key, and its typed columns. */
export interface TypedRow {
  readonly key: string
  readonly values: Texts
}

/**
 * What an organism typed, and last year's cells, in canonical text; a blank cell is absent. `groups`:
 * the keys of the instances of each group, whose cells and tabs are named `E1[key].L011.V`, `D1[key]`.
 */
export interface TypedData {
  readonly cells: Texts
  readonly forced: Texts
  readonly rows: Readonly<Record<string, readonly TypedRow[]>>
  readonly previous: Texts
  readonly groups: Readonly<Record<string, readonly string[]>>
}

/** A check that does not hold: the gap is left - right, null where there is nothing to count. */
export interface Failure {
  readonly check: string
  readonly severity: CheckSeverity
  readonly gap: string | null
  /** The key of the group's instance that fails it, empty for a check of the dossier's own. */
  readonly instance: string
}
