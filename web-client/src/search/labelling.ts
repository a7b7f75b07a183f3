import type { Found, FoundLabel } from './useSearch'

/** What is asked of each label by its identifier: to be put, or taken away. */
export type Change = Readonly<Record<string, boolean>>

/** How many of the dossiers bear a label. */
export function heldBy(chosen: readonly Found[], label: string): 'all' | 'some' | 'none' {
  const count = chosen.filter(({ labels }) => labels?.some(({ id }) => id === label)).length
  return count === 0 ? 'none' : count === chosen.length ? 'all' : 'some'
}

/** The labels of a dossier once changed, in the order of all of them. */
export function changed(
  held: readonly FoundLabel[],
  known: readonly FoundLabel[],
  change: Change,
): readonly FoundLabel[] {
  return known.filter(({ id }) => change[id] ?? held.some((one) => one.id === id))
}
