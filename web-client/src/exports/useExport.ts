import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { ExportDocument, type ExportFieldsFragment } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'

const PERIOD = 1000

export function isUnderWay({ state }: { readonly state: ExportFieldsFragment['state'] }): boolean {
  return state === 'WAITING' || state === 'RUNNING'
}

/** A job, asked about every second until it ends; a network that fails is asked again. */
export function useExport(id: string): { job?: ExportFieldsFragment; problem?: Problem } {
  const client = useClient()
  const [state, setState] = useState<{ job?: ExportFieldsFragment; problem?: Problem }>({})
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const ask = async () => {
      const { data, error } = await client.query(ExportDocument, { id }, { requestPolicy: 'network-only' })
      if (!wanted) return
      const problem = problemOf(error)
      setState((known) => ({ job: data?.export ?? known.job, problem }))
      const goesOn = data ? isUnderWay(data.export) : problem?.code === 'UNREACHABLE'
      if (goesOn) timer = setTimeout(() => void ask(), PERIOD)
    }
    void ask()
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [client, id])
  return state
}
