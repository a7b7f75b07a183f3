export type Grouping = 'part' | 'trade'

/** The two ways of grouping the tabs (manual §8.5): by part of the form, or by trade. */
export const GROUPINGS: Readonly<Record<Grouping, string>> = { part: 'Par partie', trade: 'Par métier' }
