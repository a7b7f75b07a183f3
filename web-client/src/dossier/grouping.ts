import type { Pack } from '../pack/pack'

export type Grouping = 'part' | 'trade'

/** The two ways of grouping the tabs (manual §8.5): by part of the form, or by trade. */
export const GROUPINGS: Readonly<Record<Grouping, string>> = { part: 'Par partie', trade: 'Par métier' }

/** The trades of a form, and last the tabs that are of none: grouped either way, every tab can be found. */
export function allTrades(selections: Pack['selections'], codes: Iterable<string>): Pack['selections'] {
  const named = new Set(selections.flatMap(({ tabs }) => tabs))
  const others = [...new Set(codes)].filter((code) => !named.has(code))
  return others.length > 0 ? [...selections, { title: 'Autres onglets', tabs: others }] : selections
}
