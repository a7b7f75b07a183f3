import { useCallback, useEffect, useState } from 'react'
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql'
import { type Problem, problemOf } from '../graphql/problem'

export const PAGE = 100

interface Page<Node> {
  readonly totalCount: number
  readonly edges: readonly { readonly node: Node }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
}

interface Known<Node> {
  readonly nodes: readonly Node[]
  readonly total: number
  readonly next?: string
}

export interface Pages<Node> {
  /** Undefined until the first page is there. */
  readonly nodes?: readonly Node[]
  readonly total: number
  readonly hasMore: boolean
  readonly problem?: Problem
  readonly more: () => void
  readonly reload: () => void
}

/** A list read a page at a time, from the beginning whenever what is asked changes or `reload` is called. */
export function usePages<Data, Variables extends AnyVariables, Node>(
  document: TypedDocumentNode<Data, Variables>,
  asked: Omit<Variables, 'first' | 'after'>,
  read: (data: Data) => Page<Node>,
): Pages<Node> {
  const client = useClient()
  const key = JSON.stringify(asked)
  const [turn, setTurn] = useState(0)
  const [known, setKnown] = useState<Known<Node>>()
  const [problem, setProblem] = useState<Problem>()
  const ask = useCallback(
    async (before: Known<Node> | undefined, isWanted: () => boolean) => {
      const variables = { ...JSON.parse(key), first: PAGE, after: before?.next ?? null } as Variables
      const { data, error } = await client.query(document, variables, { requestPolicy: 'network-only' })
      if (!isWanted()) return
      setProblem(problemOf(error))
      if (!data) return
      const { totalCount, edges, pageInfo } = read(data)
      const nodes = [...(before?.nodes ?? []), ...edges.map(({ node }) => node)]
      setKnown({ nodes, total: totalCount, next: (pageInfo.hasNextPage && pageInfo.endCursor) || undefined })
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `read` is the document's own, and never another
    [client, document, key],
  )
  useEffect(() => {
    let wanted = true
    void ask(undefined, () => wanted)
    return () => {
      wanted = false
    }
  }, [ask, turn])
  return {
    nodes: known?.nodes,
    total: known?.total ?? 0,
    hasMore: known?.next !== undefined,
    problem,
    more: () => void ask(known, () => true),
    reload: () => setTurn((count) => count + 1),
  }
}
