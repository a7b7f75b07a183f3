import { useState } from 'react'

/** The first of a long list, and how many more there are until they are asked for. */
export function useMore<Item>(items: readonly Item[], most: number) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? items : items.slice(0, most)
  return { shown, hidden: items.length - shown.length, showAll: () => setWhole(true) }
}
