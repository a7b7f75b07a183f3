import { createContext, useContext } from 'react'
import type { ChangeFieldsFragment, LineFieldsFragment, PolicyLineInput } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { formatDay } from '../text/dates'

export type Line = LineFieldsFragment

/** The change under way: what it adds, what it takes away, and what was already typed of its motive and day. */
export interface Draft {
  readonly add: readonly PolicyLineInput[]
  readonly close: readonly Line[]
  readonly comment: string
  readonly day: string
}

export const NOTHING: Draft = { add: [], close: [], comment: '', day: '' }

/** The boxes ticked in the profiles that are being changed, by the profile's name. */
export type Ticks = ReadonlyMap<string, ReadonlySet<string>>

export interface Desk {
  readonly platform: string
  readonly version: number
  /** Whether a change waits for the signature of a second administrator. */
  readonly secondSignature: boolean
  /** Every function, by the name that policies write. */
  readonly functions: ReadonlyMap<string, string>
  readonly draft: Draft
  setDraft(change: (draft: Draft) => Draft): void
  readonly ticks: Ticks
  setTicks(profile: string, ticked: ReadonlySet<string> | undefined): void
  /** Asks the server again, since the policy has moved; `said` is told to the user. */
  refresh(said?: string): void
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

/** Adds lines, each once; one that the change took away is kept instead. */
export function addLines(draft: Draft, lines: readonly PolicyLineInput[]): Draft {
  const known = new Set([...draft.add, ...draft.close].map(nameOf))
  const wanted = new Set(lines.map(nameOf))
  return {
    ...draft,
    add: [...draft.add, ...lines.filter((line) => !known.has(nameOf(line)))],
    close: draft.close.filter((line) => !wanted.has(nameOf(line))),
  }
}

/** A line that others have changed meanwhile, as a conflict tells it. */
export interface Moved {
  readonly id: number
  readonly ptype: string
  readonly values: readonly string[]
  readonly text: string
  readonly change: 'added' | 'closed'
  readonly version: number
  readonly at: string
  readonly by: string
}

/** The lines that a conflict names; undefined for any other problem. */
export function movedIn(problem: Problem | undefined): readonly Moved[] | undefined {
  return problem?.code === 'POLICY_CONFLICT' ? (problem.details.rows as readonly Moved[]) : undefined
}

/** The same change on the rules of today: what others have already done of it is no longer to be done. */
export function resumeAfter(draft: Draft, moved: readonly Moved[]): Draft {
  const closed = new Set(moved.filter(({ change }) => change === 'closed').map(({ id }) => String(id)))
  const added = new Set(moved.filter(({ change }) => change === 'added').map(nameOf))
  return {
    ...draft,
    close: draft.close.filter(({ id }) => !closed.has(id)),
    add: draft.add.filter((line) => !added.has(nameOf(line))),
  }
}

/** What has become of a change, in a sentence. */
export function outcomeOf({ version, proposal }: ChangeFieldsFragment): string {
  if (version !== null && version !== undefined) return `Enregistré\u00a0: les règles sont en version ${version}.`
  if (proposal?.state !== 'SCHEDULED')
    return 'Enregistré\u00a0: la proposition attend la signature d’un autre administrateur.'
  return `Enregistré\u00a0: la modification s’appliquera le ${formatDay(proposal.effectiveOn)}.`
}

function nameOf({ ptype, values }: { readonly ptype: string; readonly values: readonly string[] }): string {
  return JSON.stringify([ptype, ...values])
}
