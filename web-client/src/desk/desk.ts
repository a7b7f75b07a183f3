import { createContext, useContext } from 'react'
import type { LineFieldsFragment, PolicyLineInput } from '../gen/graphql'

export type Line = LineFieldsFragment

/** The change under way: what it adds, what it takes away, and the version that it started from. */
export interface Draft {
  readonly add: readonly PolicyLineInput[]
  readonly close: readonly Line[]
}

export const NOTHING: Draft = { add: [], close: [] }

export interface Desk {
  readonly platform: string
  readonly version: number
  /** Whether a change waits for the signature of a second administrator. */
  readonly secondSignature: boolean
  /** Every function, by the name that policies write. */
  readonly functions: ReadonlyMap<string, string>
  readonly draft: Draft
  setDraft(change: (draft: Draft) => Draft): void
  /** Asks the server again: the policy has moved. */
  refresh(): void
}

export const DeskContext = createContext<Desk | undefined>(undefined)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('DeskContext is missing')
  return desk
}

export function isEmpty(draft: Draft): boolean {
  return draft.add.length + draft.close.length === 0
}

/** Takes a line away, or keeps it after all. */
export function toggleClosed(draft: Draft, line: Line): Draft {
  const isClosed = draft.close.some(({ id }) => id === line.id)
  return { ...draft, close: isClosed ? draft.close.filter(({ id }) => id !== line.id) : [...draft.close, line] }
}
