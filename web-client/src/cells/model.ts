import type { Previous } from './previous'

/** Where a cell stands between the hand that typed and the server that keeps. */
export type CellStatus = 'idle' | 'waiting' | 'saving' | 'saved' | 'refused' | 'conflict'

export interface Forced {
  readonly automatic: string | null
  readonly reason: string
}

/** What was typed and is not kept yet; `value` is undefined when the text cannot be read. */
export interface Draft {
  readonly text: string
  readonly value: string | null | undefined
  readonly was: string | null
  readonly reason?: string
  readonly pasted?: boolean
}

export interface Theirs {
  readonly value: string | null
  readonly author: string | null
  readonly at: string | null
}

export interface CellData {
  readonly value: string | null
  readonly status: CellStatus
  readonly draft?: Draft
  readonly message?: string
  readonly theirs?: Theirs
  readonly forced?: Forced
  /** What the browser computes from what is typed, until the server's result. */
  readonly local?: string | null
}

/** `replace`: opened by typing or by moving in, arrows leave it; `edit`: opened by F2, they stay. */
export interface Editing {
  readonly id: string
  readonly mode: 'replace' | 'edit'
  readonly text?: string
}

/** All that one cell on screen needs to know; a new object only when something in it changed. */
export interface CellView {
  readonly data: CellData
  readonly active: boolean
  /** Another number each time that the keyboard is called to the active cell; 0 for any other. */
  readonly called: number
  readonly editing: Editing | undefined
  /** Last year's value, while it is asked for. */
  readonly previous?: Previous
}

export const BLANK: CellData = { value: null, status: 'idle' }

/**
 * The value a cell shows: the draft's when it can be read; given back to its formula, the formula's.
 * Of a computed cell, what the browser computes as long as the server has not answered.
 */
export function shownValue({ value, draft, forced, local }: CellData): string | null {
  if (draft?.value === undefined) return local === undefined ? value : local
  if (draft.value !== null || !forced) return draft.value
  return local === undefined ? forced.automatic : local
}

const TAB = /^[^.[]+(?:\[[^\]]+\](?=\[|\.[^.]+\.))?/

/**
 * The tab that a cell belongs to: `A1.L011.B` and `A1[0001].C07` → `A1`; in an instance of a group,
 * `E1[a].L011.V` → `E1[a]` and `V1[a][0001].P` → `V1[a]`.
 */
export function tabOf(id: string): string {
  return TAB.exec(id)?.[0] ?? ''
}

export interface Write {
  readonly cell: string
  readonly value: string | null
  readonly was: string | null
  readonly reason?: string
  readonly origin: 'TYPED' | 'PASTED'
}
