import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useClient } from 'urql'
import { useLocation } from 'wouter'
import { CellBar } from '../cells/CellBar'
import { CellGrid } from '../cells/CellGrid'
import { ForceDialog } from '../cells/ForceDialog'
import { Legend } from '../cells/Legend'
import { PasteReport } from '../cells/PasteReport'
import { SaveState } from '../cells/SaveState'
import { type Forcing, GridActions } from '../cells/actions'
import type { DossierCells } from '../cells/dossierCells'
import { layOut } from '../cells/gridModel'
import { isEntry } from '../cells/navigate'
import type { PasteResult } from '../cells/paste'
import type { TabContent } from '../cells/tabStore'
import { isNumber, unitSentence } from '../cells/units'
import { useVersion } from '../cells/useStore'
import { TabDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import type { Pack, PackTab } from '../pack/pack'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import type { Marks } from './marks'
import '../cells/cells.css'
import '../cells/grid.css'

interface Props {
  readonly dossier: string
  readonly pack: Pack
  readonly tab: PackTab
  readonly cells: DossierCells
  readonly marks: Marks
  /** Changes when the dossier was rewritten as a whole, by a file or a step. */
  readonly edition: number
}

/** One tab of the dossier: its title, what its colours mean, the active cell, the cells. */
export function TabPanel({ dossier, pack, tab, cells, marks, edition }: Props) {
  const store = cells.tab(tab.code)
  const version = useVersion(store.changes)
  const problem = useTabContent(dossier, tab.code, cells, edition)
  const [forcing, setForcing] = useState<Forcing>()
  const [pasted, setPasted] = useState<PasteResult>()
  const { rowKeys, loaded, editable } = store
  const model = useMemo(() => layOut(pack, tab, rowKeys), [pack, tab, rowKeys])
  const actions = useMemo(() => new GridActions(store, model, setForcing), [store, model])
  const onBlock = useCallback((text: string) => setPasted(actions.paste(text)), [actions])
  useActiveCell(actions, loaded)

  const go = (id: string) => {
    store.wantsFocus = true
    store.activate(id)
  }
  return (
    <section className="tab-panel" aria-label={`Onglet ${tab.code}`} data-version={version}>
      <header className="tab-header">
        <div>
          <h2>
            <span className="tab-code">{tab.code}</span> {tab.title}
          </h2>
          <p className="muted">
            {[tab.statement, isNumber(tab.unit) && unitSentence(tab.unit), loaded && !editable && 'lecture seule']
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <div className="tab-header-end">
          {editable && <SaveState cells={cells} />}
          <Legend />
        </div>
      </header>
      <ProblemAlert problem={problem} />
      {pasted && <PasteReport result={pasted} onGo={go} onClose={() => setPasted(undefined)} />}
      {loaded ? (
        <>
          <CellBar actions={actions} notes={marks.notes} />
          {tab.dynamic && model.rows.length === 0 && <p className="tab-empty">Ce tableau n’a pas encore de ligne.</p>}
          <CellGrid actions={actions} severities={marks.severities} onBlock={onBlock} />
          {tab.dynamic && editable && (
            <p>
              <Button icon="plus" onClick={() => go(store.rowCell(store.addRow(), tab.columns[0]!.code))}>
                Ajouter une ligne
              </Button>
            </p>
          )}
        </>
      ) : (
        !problem && <Loading label="Ouverture de l’onglet…" />
      )}
      {forcing && (
        <ForceDialog
          forcing={forcing}
          data={store.data(forcing.cell.id)}
          onClose={() => setForcing(undefined)}
          onForce={(reason) => {
            actions.force(forcing, reason)
            setForcing(undefined)
          }}
        />
      )}
    </section>
  )
}

/** Reads the tab each time it opens; what was read before stays in sight meanwhile. */
function useTabContent(dossier: string, code: string, cells: DossierCells, edition: number): Problem | undefined {
  const client = useClient()
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    let wanted = true
    setProblem(undefined)
    void client.query(TabDocument, { id: dossier, code }, { requestPolicy: 'network-only' }).then(({ data, error }) => {
      if (data) {
        cells.tab(code).load(data.dossier.tab as unknown as TabContent)
        cells.overlay.seen(data.dossier.tab.version)
      } else if (wanted) setProblem(problemOf(error))
    })
    return () => {
      wanted = false
    }
  }, [client, dossier, code, cells, edition])
  return problem
}

/** The cell that the address names (#A1.L011.B) is made active; else the first where one types. */
function useActiveCell(actions: GridActions, loaded: boolean): void {
  const [location] = useLocation()
  const { store, model } = actions
  const followed = useRef('')
  useEffect(() => {
    if (!loaded) return undefined
    const follow = () => {
      const named = decodeURIComponent(window.location.hash.slice(1))
      if (named !== followed.current && model.places.has(named)) {
        followed.current = named
        store.wantsFocus = true
        store.activate(named)
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
