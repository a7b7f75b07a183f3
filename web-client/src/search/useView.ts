import { useEffect, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { ResultsViewDocument, SaveResultsViewDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { ordered, usualColumns } from './columns'
import type { Platform } from './words'

interface View {
  readonly columns: readonly string[]
  readonly paged: boolean
}

/** How one likes his results: shown at once as it was chosen, and kept for the next time. */
export function useView(platform: Platform) {
  const [{ data, error }] = useQuery({ query: ResultsViewDocument })
  const [chosen, setChosen] = useState<View>()
  const [saved, send] = useMutation(SaveResultsViewDocument)
  const usual = usualColumns(platform)
  useEffect(() => {
    if (!data) return
    const { columns, paged } = data.listView
    setChosen((known) => known ?? { columns, paged })
  }, [data])
  const columns = chosen?.columns.length ? ordered(chosen.columns) : usual
  const paged = chosen?.paged ?? false
  const save = (change: Partial<View>) => {
    const next = { columns, paged, ...change }
    setChosen(next)
    void send(next)
  }
  return {
    columns,
    paged,
    usual,
    save,
    problem: problemOf(saved.error),
    isKnown: data !== undefined || error !== undefined,
  }
}
