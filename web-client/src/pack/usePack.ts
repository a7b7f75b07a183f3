import { useEffect, useState } from 'react'
import { type Problem, UNREACHABLE } from '../graphql/problem'
import type { Pack } from './pack'
import { readPack } from './readPack'

// A published pack never changes: one reading per address is enough for the life of the page.
const fetched = new Map<string, Promise<unknown>>()

/** The pack at that address, once it is read. */
export function usePack(url: string | undefined, category: string | undefined): { pack?: Pack; problem?: Problem } {
  const [state, setState] = useState<{ pack?: Pack; problem?: Problem }>({})
  useEffect(() => {
    if (!url || !category) return
    let wanted = true
    fetchPack(url)
      .then((json) => wanted && setState({ pack: readPack(json, category) }))
      .catch(() => wanted && setState({ problem: UNREACHABLE }))
    return () => {
      wanted = false
    }
  }, [url, category])
  return state
}

function fetchPack(url: string): Promise<unknown> {
  let promise = fetched.get(url)
  if (!promise) {
    promise = fetch(url, { credentials: 'same-origin' }).then((response) => {
      if (!response.ok) throw new Error(`pack ${response.status}`)
      return response.json() as Promise<unknown>
    })
    promise.catch(() => fetched.delete(url))
    fetched.set(url, promise)
  }
  return promise
}
