import type { Client } from 'urql'
import { WorkListIdsDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'

/** What the server takes at once. */
const MOST = 2000
const PAGE = 200

export function portions<One>(all: readonly One[], most = MOST): readonly (readonly One[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, place) => all.slice(place * most, (place + 1) * most))
}

/** All the dossiers of a list but some, read page after page. */
export async function idsBut(
  client: Pick<Client, 'query'>,
  list: string,
  without: ReadonlySet<string>,
): Promise<{ readonly ids: readonly string[] } | { readonly problem: Problem | undefined }> {
  const ids: string[] = []
  let after: string | null | undefined
  do {
    const asked = { criteria: { workList: list }, first: PAGE, after }
    // oxlint-disable-next-line no-await-in-loop -- each page starts where the one before ends
    const { data, error } = await client.query(WorkListIdsDocument, asked, { requestPolicy: 'network-only' })
    if (!data) return { problem: problemOf(error) }
    const { edges, pageInfo } = data.dossiers
    ids.push(...edges.map(({ node }) => node.id).filter((id) => !without.has(id)))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined
  } while (after)
  return { ids }
}
