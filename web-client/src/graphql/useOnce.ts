import { useCallback, useState } from 'react'
import type { AnyVariables, OperationContext, TypedDocumentNode } from '@urql/core'
import { useClient } from 'urql'
import { onceBy } from './once'
import type { Problem } from './problem'

/** Sends one act at a time, each done once (`onceBy`), and keeps what was refused to show it in its place. */
export function useOnce(context?: Partial<OperationContext>) {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [once] = useState(() => onceBy(client, context))
  const send = useCallback(
    async <Data, Variables extends AnyVariables & { readonly key: string }>(
      document: TypedDocumentNode<Data, Variables>,
      asked: Omit<Variables, 'key'>,
      onProblem?: (problem: Problem) => void,
    ): Promise<Data | undefined> => {
      setBusy(true)
      const { data, problem: found } = await once(document, asked)
      setBusy(false)
      setProblem(found)
      if (found) onProblem?.(found)
      return data
    },
    [once],
  )
  return { send, once, busy, problem }
}
