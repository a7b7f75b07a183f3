import { useCallback, useEffect, useRef, useState } from 'react'
import type { Problem } from './problem'

interface PageLike {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined }
}

export interface Answer<Page> {
  readonly page: Page | undefined
  readonly problem: Problem | undefined
}

/** A list read page after page from its beginning, which is read anew whenever `ask` is another function. */
export function usePages<Page extends PageLike>(ask: (after: string | undefined) => Promise<Answer<Page>>) {
  const [pages, setPages] = useState<readonly Page[]>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const turn = useRef(0)
  const read = useCallback(
    async (after: string | undefined) => {
      turn.current += 1
      const mine = turn.current
      setBusy(true)
      const answer = await ask(after)
      if (mine !== turn.current) return
      setBusy(false)
      setProblem(answer.problem)
      const { page } = answer
      if (page) setPages((known) => (after === undefined ? [page] : [...(known ?? []), page]))
    },
    [ask],
  )
  useEffect(() => {
    void read(undefined)
    return () => {
      turn.current += 1
    }
  }, [read])
  const last = pages?.at(-1)?.pageInfo
  const next = last?.hasNextPage ? (last.endCursor ?? undefined) : undefined
  const more = next === undefined ? undefined : () => void read(next)
  return { pages, problem, busy, more, again: () => void read(undefined) }
}
