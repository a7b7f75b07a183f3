import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import {
  type DossierCriteria,
  FindDossiersDocument,
  type FindDossiersQuery,
  type FindDossiersQueryVariables,
} from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import type { SearchOrder } from './place'

export type Found = FindDossiersQuery['dossiers']['edges'][number]['node']
export type FoundLabel = Found['labels'][number]

export interface Asked extends SearchOrder {
  /** Null for all that one may read. */
  readonly criteria: DossierCriteria | null
  readonly withFollowers: boolean
  readonly withEr: boolean
  readonly withDueDay: boolean
}

/** What is asked of the server: of each dossier, what the columns show and no more. */
export function asking(criteria: DossierCriteria | null, order: SearchOrder, columns: readonly string[]): Asked {
  return {
    criteria,
    sort: order.sort,
    descending: order.descending,
    withFollowers: columns.includes('officer') || columns.includes('account_manager'),
    withEr: columns.includes('er_transmitted'),
    withDueDay: columns.includes('due_on'),
  }
}

interface Results {
  readonly rows: readonly Found[]
  readonly total: number | undefined
  readonly problem?: Problem
}

export interface Search extends Results {
  readonly fetching: boolean
  /** Asks for the list up to its nth row. */
  readonly reach: (index: number) => void
  /** Shows other labels on the rows of these dossiers, as they were just put. */
  readonly relabel: (change: (found: Found) => readonly FoundLabel[]) => void
}

// What is in sight comes first, and soon; what is below it by longer pages.
const FIRST_PAGE = 50
const PAGE = 200
const NOTHING: Results = { rows: [], total: undefined }

/** The dossiers that match, page after page; nothing while nothing is asked. */
export function useSearch(asked: Asked | undefined): Search {
  const client = useClient()
  const key = asked && JSON.stringify(asked)
  const [results, setResults] = useState<Results>(NOTHING)
  const [fetching, setFetching] = useState(false)
  const cursor = useRef({ after: undefined as string | null | undefined, more: false, busy: false, key })

  const next = useCallback(async () => {
    const here = cursor.current
    if (here.busy || !here.more || !here.key) return
    here.busy = true
    setFetching(true)
    const variables = { ...(JSON.parse(here.key) as Asked), first: here.after ? PAGE : FIRST_PAGE, after: here.after }
    const { data, error } = await client.query(FindDossiersDocument, variables as FindDossiersQueryVariables, {
      requestPolicy: 'network-only',
    })
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
    cursor.current = { after: undefined, more: true, busy: false, key }
    setResults(NOTHING)
    setFetching(false)
    void next()
  }, [key, next])

  const loaded = results.rows.length
  const reach = useCallback(
    (index: number) => {
      if (index >= loaded) void next()
    },
    [loaded, next],
  )
  const relabel = useCallback((change: (found: Found) => readonly FoundLabel[]) => {
    setResults((known) => ({ ...known, rows: known.rows.map((row) => ({ ...row, labels: change(row) })) }))
  }, [])
  return { ...results, fetching, reach, relabel }
}
