import { useEffect, useMemo } from 'react'
import { type UseQueryExecute, useQuery } from 'urql'
import { ExchangeMarksDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { type ExchangeData, type Talks, talksOf } from './talks'

export interface Exchange {
  /** Undefined while it is read, and for whoever may not read it. */
  readonly data: ExchangeData | undefined
  readonly talks: Talks
  readonly problem: Problem | undefined
}

/** The icons of a dossier and what is not published yet; read again when one comes back to the window. */
export function useExchange(dossier: string, isReader: boolean): Exchange {
  const [{ data, error }, execute] = useQuery({
    query: ExchangeMarksDocument,
    variables: { id: dossier },
    pause: !isReader,
  })
  const exchange = isReader ? (data?.dossier.exchange ?? undefined) : undefined
  useReturn(execute, isReader)
  const marks = exchange?.marks
  const talks = useMemo(() => talksOf(marks), [marks])
  return { data: exchange, talks, problem: problemOf(error) }
}

/** Asks again when one comes back to the window: others have written meanwhile. */
export function useReturn(execute: UseQueryExecute, isReader = true) {
  useEffect(() => {
    if (!isReader) return undefined
    const onReturn = () => {
      if (document.visibilityState === 'visible') execute({ requestPolicy: 'network-only' })
    }
    document.addEventListener('visibilitychange', onReturn)
    return () => document.removeEventListener('visibilitychange', onReturn)
  }, [isReader, execute])
}
