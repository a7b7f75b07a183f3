import { useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import { useLocation } from 'wouter'
import type { GridActions } from '../cells/actions'
import type { DossierCells } from '../cells/dossierCells'
import { isEntry } from '../cells/navigate'
import type { TabContent } from '../cells/tabStore'
import { TabDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'

/** Reads the tab each time it opens; what was read before stays in sight meanwhile. */
export function useTabContent(
  dossier: string,
  code: string,
  cells: DossierCells,
  edition: number,
): Problem | undefined {
  const client = useClient()
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    let wanted = true
    setProblem(undefined)
    const read = async (): Promise<void> => {
      const asked = { id: dossier, code }
      const { data, error } = await client.query(TabDocument, asked, { requestPolicy: 'network-only' })
      // Something was written while this was on its way: it would put the values of before back.
      if (data && data.dossier.tab.version < cells.version) return wanted ? read() : undefined
      if (data) {
        cells.tab(code).load(data.dossier.tab as unknown as TabContent)
        cells.saw(data.dossier.tab.version)
      } else if (wanted) setProblem(problemOf(error))
      return undefined
    }
    void read()
    return () => {
      wanted = false
    }
  }, [client, dossier, code, cells, edition])
  return problem
}

/** The cell that the address names (#A1.L011.B) is made active; else the first where one types. */
export function useActiveCell(actions: GridActions, loaded: boolean): void {
  const [location] = useLocation()
  const { store, model } = actions
  const followed = useRef('')
  useEffect(() => {
    if (!loaded) return undefined
    const follow = () => {
      const named = decodeURIComponent(window.location.hash.slice(1))
      if (named !== followed.current && model.places.has(named)) {
        followed.current = named
        store.goTo(named)
      } else if (!store.activeId || !model.places.has(store.activeId)) {
        const all = model.rows.flatMap((row) => row.cells)
        store.wantsFocus = false
        store.activate((all.find((cell) => cell && isEntry(cell)) ?? all.find(Boolean))?.id)
      }
    }
    follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [loaded, location, model, store])
}
