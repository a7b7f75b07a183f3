import { useCallback, useEffect, useRef, useState } from 'react'
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql'
import { type Problem, problemOf } from './problem'

const PAGE = 100

interface PageLike {
  readonly edges: readonly { readonly node: unknown }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
  readonly totalCount?: number
}

export interface GrowingList<Node> {
  /** Undefined until the first page is there. */
  readonly nodes?: readonly Node[]
  /** How many there are in all; how many were read, where the server does not count them. */
  readonly total: number
  readonly busy: boolean
  readonly problem?: Problem
  /** Reads the next page; undefined once there is none. */
  readonly more?: () => void
  /** Reads anew from the beginning. */
  readonly again: () => void
  /** Reads again the pages that are shown. */
  readonly renew: () => void
}

/**
 * A list that grows by pages of `size`, read from its beginning whenever what is asked changes. `page` gives the
 * list within an answer; what else it keeps of the answer is in `first`.
 */
export function useGrowingList<Data, Variables extends AnyVariables, Page extends PageLike>(
  document: TypedDocumentNode<Data, Variables>,
  asked: Omit<Variables, 'first' | 'after'>,
  page: (data: Data) => Page,
  size = PAGE,
): GrowingList<Page['edges'][number]['node']> & { readonly first?: Page } {
  const client = useClient()
  const key = JSON.stringify(asked)
  const [pages, setPages] = useState<readonly Page[]>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const turn = useRef(0)
  const read = useCallback(
    async (after: string | undefined, count = 1) => {
      turn.current += 1
      const mine = turn.current
      setBusy(true)
      const fresh: Page[] = []
      let from: string | undefined = after
      let found: Problem | undefined
      do {
        const variables = { ...JSON.parse(key), first: size, after: from } as Variables
        // oxlint-disable-next-line no-await-in-loop -- each page starts where the one before ends
        const { data, error } = await client.query(document, variables, { requestPolicy: 'network-only' })
        // Asked again meanwhile, or gone.
        if (mine !== turn.current) return
        found = problemOf(error)
        if (data) fresh.push(page(data))
        from = data && nextOf(fresh)
      } while (from !== undefined && fresh.length < count)
      setBusy(false)
      setProblem(found)
      if (!found) setPages((known) => (after === undefined ? fresh : [...(known ?? []), ...fresh]))
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `page` is the document's own, and never another
    [client, document, key, size],
  )
  useEffect(() => {
    void read(undefined)
    return () => {
      turn.current += 1
    }
  }, [read])
  const nodes = pages?.flatMap(({ edges }) => edges.map(({ node }) => node))
  const last = pages?.at(-1)
  const next = nextOf(pages)
  return {
    first: pages?.[0],
    nodes,
    total: last?.totalCount ?? nodes?.length ?? 0,
    busy,
    problem,
    more: next === undefined ? undefined : () => void read(next),
    again: () => void read(undefined),
    renew: () => void read(undefined, pages?.length),
  }
}

function nextOf(pages: readonly PageLike[] | undefined): string | undefined {
  const info = pages?.at(-1)?.pageInfo
  return (info?.hasNextPage && info.endCursor) || undefined
}
