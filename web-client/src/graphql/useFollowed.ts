import { useEffect, useState } from 'react'
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql'
import { isPresent } from '../session/presence'
import { type Problem, problemOf } from './problem'

const PERIOD = 1000

/** An answer, asked for again every second as long as it `goesOn` and somebody looks; a network that fails is asked again. */
export function useFollowed<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  goesOn: (data: Data) => boolean,
): { readonly data?: Data; readonly problem?: Problem } {
  const client = useClient()
  const key = JSON.stringify(variables)
  const [state, setState] = useState<{ data?: Data; problem?: Problem }>({})
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const ask = async () => {
      const asked = JSON.parse(key) as Variables
      const { data, error } = await client.query(document, asked, { requestPolicy: 'network-only' })
      if (!wanted) return
      const problem = problemOf(error)
      setState((known) => ({ data: data ?? known.data, problem }))
      if (data ? goesOn(data) : problem?.code === 'UNREACHABLE') wait()
    }
    const wait = () => {
      timer = setTimeout(() => (isPresent() ? void ask() : wait()), PERIOD)
    }
    void ask()
    return () => {
      wanted = false
      clearTimeout(timer)
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `goesOn` is the document's own, and never another
  }, [client, document, key])
  return state
}
