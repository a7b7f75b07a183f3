import type { Pack } from '../pack/pack'
import { fold } from '../text/fold'
import { allTrades } from './grouping'
import { type Entry, type Listed, entriesOf } from './groups/instances'

export interface Section {
  readonly title: string
  readonly entries: readonly Entry[]
}

export function partsOf({ parts, groups }: Listed): Section[] {
  return parts.map(({ code, title, tabs }) => ({ title: `${code} – ${title}`, entries: entriesOf(tabs, groups) }))
}

export function tradesOf({ parts, groups }: Listed, selections: Pack['selections']): Section[] {
  const titles = new Map(parts.flatMap(({ tabs }) => tabs.map((tab) => [tab.code, tab] as const)))
  return allTrades(selections, titles.keys()).map(({ title, tabs }) => ({
    title,
    entries: entriesOf(
      tabs.flatMap((code) => titles.get(code) ?? []),
      groups,
    ),
  }))
}

/** What bears all these words and is not hidden; a group that is sought by none shows even when empty. */
export function narrow(sections: readonly Section[], sought: string, hidden: ReadonlySet<string>): Section[] {
  const words = fold(sought).split(/\s+/).filter(Boolean)
  const bears = (text: string) => words.every((word) => fold(text).includes(word))
  const narrowed = (entry: Entry): Entry[] => {
    if (entry.kind === 'tab') {
      const { code, title } = entry.tab
      return !hidden.has(code) && bears(`${code} ${title}`) ? [entry] : []
    }
    const { group } = entry
    const instances = entry.instances
      .map(({ key, tabs }) => ({
        key,
        tabs: tabs.filter(
          ({ code, title }) => !hidden.has(code) && bears(`${code} ${title} ${group.title} ${group.keyLabel} ${key}`),
        ),
      }))
      .filter(({ tabs }) => words.length === 0 || tabs.length > 0)
    return instances.length > 0 || bears(group.title) ? [{ ...entry, instances }] : []
  }
  return sections
    .map(({ title, entries }) => ({ title, entries: entries.flatMap(narrowed) }))
    .filter(({ entries }) => entries.length > 0)
}
