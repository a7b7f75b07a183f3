/** The definition of a form, as the screens need it: only what one kind of organism fills. */
export type Kind = 'S' | 'T' | 'C' | 'F'

export interface Pack {
  readonly title: string
  readonly formLabel: string
  readonly tabs: ReadonlyMap<string, PackTab>
  readonly lists: ReadonlyMap<string, readonly string[]>
  /** Whether some of its tabs or lines are only shown under a condition. */
  readonly isConditional: boolean
  /** Whether another form holds some of the same values (« tronc commun »). */
  readonly sharesCells: boolean
  /** The second grouping of the tabs, by trade. */
  readonly selections: readonly { readonly title: string; readonly tabs: readonly string[] }[]
}

export interface PackTab {
  readonly code: string
  readonly title: string
  readonly statement: string
  readonly unit: string
  readonly dynamic: boolean
  /** The repeated group that it is of: it stands once for each instance. */
  readonly group?: string
  readonly help?: string
  readonly columns: readonly PackColumn[]
  /** Empty for a dynamic tab, whose lines are its rows. */
  readonly lines: readonly PackLine[]
}

export interface PackColumn {
  readonly code: string
  readonly label: string
  readonly kind: Kind
  readonly unit: string
}

export interface PackLine {
  readonly code: string
  readonly accounts: string
  readonly label: string
  readonly isTitle: boolean
  readonly help?: string
  readonly cells: ReadonlyMap<string, PackCell>
}

export interface PackCell {
  readonly id: string
  readonly kind: Kind
  readonly unit: string
}
