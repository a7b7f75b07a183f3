import { useCallback, useRef, useState } from 'react'
import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { useClient } from 'urql'
import { type Problem, UNREACHABLE, problemOf } from '../graphql/problem'
import { freshKey } from '../text/key'

/**
 * What an act returns does not name all that it changes: icons, counts and threads are read again after each,
 * refused ones too, for another window may have been quicker.
 */
export const RENEWING = { additionalTypenames: ['Exchange', 'Attachment'] }

/**
 * Sends the acts of the exchange space. The same act sent again after its answer was lost keeps its key: it is
 * done once.
 */
export function useSend() {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const keys = useRef(new Map<string, string>())
  const send = useCallback(
    async <Data, Variables extends AnyVariables & { readonly key: string }>(
      document: TypedDocumentNode<Data, Variables>,
      asked: Omit<Variables, 'key'>,
      onProblem?: (problem: Problem) => void,
    ): Promise<Data | undefined> => {
      const act = `${nameOf(document)} ${JSON.stringify(asked)}`
      const key = keys.current.get(act) ?? freshKey()
      keys.current.set(act, key)
      setBusy(true)
      const { data, error } = await client.mutation(document, { ...asked, key } as unknown as Variables, RENEWING)
      setBusy(false)
      const found = problemOf(error)
      setProblem(found)
      if (found) onProblem?.(found)
      if (found?.code === UNREACHABLE.code) return undefined
      keys.current.delete(act)
      return found ? undefined : data
    },
    [client],
  )
  return { send, busy, problem }
}

export type Send = ReturnType<typeof useSend>['send']

function nameOf({ definitions }: { readonly definitions: readonly object[] }): string {
  const [first] = definitions as readonly { readonly name?: { readonly value: string } }[]
  return first?.name?.value ?? ''
}
