import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { type DossierCriteria, SearchDossiersDocument, type SearchDossiersQuery } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'

export type Found = SearchDossiersQuery['dossiers']['edges'][number]['node']

interface Results {
  readonly rows: readonly Found[]
  readonly total: number | undefined
  readonly problem?: Problem
}

const PAGE = 100
const NOTHING: Results = { rows: [], total: undefined }

/** The dossiers that match, page after page: `reach(n)` asks for the list up to its nth row. */
export function useSearch(criteria: DossierCriteria): Results & { fetching: boolean; reach: (index: number) => void } {
  const client = useClient()
  const key = JSON.stringify(criteria)
  const [results, setResults] = useState<Results>(NOTHING)
  const [fetching, setFetching] = useState(true)
  const cursor = useRef<{ after?: string | null; more: boolean; busy: boolean; key: string }>({
    more: true,
    busy: false,
    key,
  })

  const next = useCallback(async () => {
    const here = cursor.current
    if (here.busy || !here.more) return
    here.busy = true
    setFetching(true)
    const asked = JSON.parse(here.key) as DossierCriteria
    // Where nothing is asked for, all is listed; criteria without any are refused.
    const empty = Object.values(asked).every((one) => one === null)
    const variables = { first: PAGE, after: here.after, criteria: empty ? null : asked }
    const { data, error } = await client.query(SearchDossiersDocument, variables, { requestPolicy: 'network-only' })
    // An answer to what is no longer asked is dropped.
    if (here !== cursor.current) return
    here.busy = false
    setFetching(false)
    if (!data) {
      here.more = false
      setResults((known) => ({ ...known, problem: problemOf(error) }))
      return
    }
    const { totalCount, edges, pageInfo } = data.dossiers
    here.after = pageInfo.endCursor
    here.more = pageInfo.hasNextPage
    setResults((known) => ({ rows: [...known.rows, ...edges.map((edge) => edge.node)], total: totalCount }))
  }, [client])

  useEffect(() => {
    cursor.current = { more: true, busy: false, key }
    setResults(NOTHING)
    void next()
  }, [key, next])

  const loaded = results.rows.length
  const reach = useCallback(
    (index: number) => {
      if (index >= loaded) void next()
    },
    [loaded, next],
  )
  return { ...results, fetching, reach }
}
