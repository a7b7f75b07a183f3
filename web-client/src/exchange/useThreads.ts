import { useCallback, useEffect, useRef } from 'react'
import { useClient, useQuery } from 'urql'
import {
  type Level,
  MarkThreadsReadDocument,
  type ThreadFieldsFragment,
  type ThreadPageFragment,
  type ThreadState,
  ThreadsDocument,
} from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { RENEWING } from './useSend'

export type Thread = ThreadFieldsFragment
export type Message = Thread['messages'][number]

export const PAGE = 20
const SEEN_PAUSE = 600

/** What threads are asked for: those of a place, or all. */
export interface Asked {
  readonly level?: Level
  readonly anchor?: string
  readonly state?: readonly ThreadState[]
}

/** A page of threads; each act on one has it read again. `opened`: the first, where its screen has asked for it. */
export function useThreads(dossier: string, asked: Asked, after: string | undefined, opened?: ThreadPageFragment) {
  const known = after === undefined ? opened : undefined
  const [{ data, error }] = useQuery({
    query: ThreadsDocument,
    variables: { id: dossier, first: PAGE, after, ...asked },
    pause: known !== undefined,
  })
  const connection = known ?? data?.dossier.exchange?.threads
  const next = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : undefined
  return { threads: connection?.edges.map(({ node }) => node), problem: problemOf(error), next: next ?? undefined }
}

/** Tells the server what came under the eyes, a little later and together; what was new is remembered as such. */
export function useSeen(dossier: string) {
  const client = useClient()
  const fresh = useRef(new Set<string>())
  const waiting = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const tell = useCallback(() => {
    clearTimeout(timer.current)
    const threads = [...waiting.current]
    waiting.current.clear()
    if (threads.length > 0) void client.mutation(MarkThreadsReadDocument, { dossier, threads }, RENEWING).toPromise()
  }, [client, dossier])
  useEffect(() => tell, [tell])
  const see = useCallback(
    (id: string) => {
      fresh.current.add(id)
      waiting.current.add(id)
      clearTimeout(timer.current)
      timer.current = setTimeout(tell, SEEN_PAUSE)
    },
    [tell],
  )
  const wasUnread = useCallback(({ id, unread }: Thread) => unread > 0 || fresh.current.has(id), [])
  return { see, wasUnread }
}

export type Seen = ReturnType<typeof useSeen>
