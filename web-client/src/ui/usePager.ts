import { useState } from 'react'

/** Where a list read page by page has got to: forward by its cursors, and back the way one came. */
export function usePager() {
  const [places, setPlaces] = useState<readonly string[]>([])
  return {
    after: places.at(-1) ?? null,
    isFirst: places.length === 0,
    next: (cursor: string | null | undefined) => cursor && setPlaces([...places, cursor]),
    previous: () => setPlaces(places.slice(0, -1)),
    restart: () => setPlaces([]),
  }
}

export type Pager = ReturnType<typeof usePager>
