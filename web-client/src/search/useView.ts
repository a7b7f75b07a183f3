import { useEffect, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { type ListPlace, ListViewDocument, SaveListViewDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { ordered, usualColumns } from './columns'
import type { Platform } from './words'

interface View {
  readonly columns: readonly string[]
  readonly paged: boolean
}

/** How one likes a list of his, the results where none is named: shown at once as it was chosen, and kept for the next time. */
export function useView(platform: Platform, place: ListPlace = 'RESULTS') {
  const [{ data, error }] = useQuery({ query: ListViewDocument, variables: { place } })
  const [chosen, setChosen] = useState<View>()
  const [saved, send] = useMutation(SaveListViewDocument)
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
    void send({ place, ...next })
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
