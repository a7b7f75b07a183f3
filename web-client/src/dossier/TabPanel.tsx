import { Suspense, lazy, useCallback, useMemo, useState } from 'react'
import { CellBar } from '../cells/CellBar'
import { CellGrid } from '../cells/CellGrid'
import { ForceDialog } from '../cells/ForceDialog'
import { Legend } from '../cells/Legend'
import { PasteReport } from '../cells/PasteReport'
import { SaveState } from '../cells/SaveState'
import { GridActions } from '../cells/actions'
import type { DossierCells } from '../cells/dossierCells'
import { cellOf, layOut } from '../cells/gridModel'
import type { PasteResult } from '../cells/paste'
import { isNumber, unitSentence } from '../cells/units'
import { useVersion } from '../cells/useStore'
import { TalkButton } from '../exchange/TalkMarks'
import { ZoneButton } from '../exchange/ZoneButton'
import { NO_TALK, NO_TALKS } from '../exchange/talks'
import type { Exchange } from '../exchange/useExchange'
import type { Zone } from '../exchange/useZone'
import type { Pack, PackTab } from '../pack/pack'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { PreviousYear } from './PreviousYear'
import { TabHelp } from './TabHelp'
import type { Marks } from './marks'
import { useAsked } from './useAsked'
import type { Batches } from './useBatches'
import { useActiveCell, useTabContent } from './useTabContent'
import '../cells/cells.css'
import '../cells/grid.css'

const CellHistoryDialog = lazy(() =>
  import('./dialogs/CellHistoryDialog').then((module) => ({ default: module.CellHistoryDialog })),
)

interface Props {
  readonly dossier: string
  readonly pack: Pack
  readonly tab: PackTab
  readonly cells: DossierCells
  readonly marks: Marks
  /** Changes when the dossier was rewritten as a whole, by a file or a step. */
  readonly edition: number
  readonly batches: Batches
  readonly showsPrevious: boolean
  readonly onShowPrevious: (shows: boolean) => void
  readonly onCell: (cell: string) => void
  /** What is said of it and where that is shown; undefined for whoever may not read it. */
  readonly exchange: (Exchange & { readonly zone: Zone }) | undefined
}

/** One tab of the dossier: its title, what its colours mean, the active cell, the cells. */
export function TabPanel({ dossier, pack, tab, cells, marks, edition, batches, exchange, ...screen }: Props) {
  const store = cells.tab(tab.code)
  const version = useVersion(store.changes)
  const problem = useTabContent(dossier, tab.code, cells, edition)
  const [pasted, setPasted] = useState<PasteResult>()
  const { rowKeys, loaded, editable } = store
  const { hidden } = cells.overlay
  const model = useMemo(() => layOut(pack, tab, rowKeys, hidden), [pack, tab, rowKeys, hidden])
  const { asked, forcing, setForcing, told, setTold, isHelpOpen } = useAsked(cells, tab, batches, () => {
    const isSaid = exchange?.talks.cells.has(store.activeId ?? '')
    if (isSaid) exchange?.zone.open('CELL')
    else exchange?.zone.write('CELL')
  })
  const actions = useMemo(() => new GridActions(store, model, pack, asked), [store, model, pack, asked])
  const onBlock = useCallback((text: string) => setPasted(actions.paste(text)), [actions])
  useActiveCell(actions, loaded)

  const go = (id: string) => store.goTo(id)
  const addRow = () => {
    const [key = ''] = store.addRows(1)
    go(store.rowCell(key, tab.columns[0]!.code))
  }
  const help = cellOf(model, store.activeId)?.row.help
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
          {tab.help && <TabHelp help={tab.help} />}
        </div>
        <div className="tab-header-end">
          <span className="row">
            <TalkButton
              talks={exchange?.talks.tabs.get(tab.code) ?? NO_TALK}
              of={`de l’onglet ${tab.code}`}
              onOpen={() => exchange?.zone.open('TAB')}
            />
            {editable && <SaveState cells={cells} onGo={screen.onCell} />}
            {editable && (
              <Button
                icon="clock"
                aria-pressed={screen.showsPrevious}
                onClick={() => screen.onShowPrevious(!screen.showsPrevious)}
              >
                Reprise N‑1
              </Button>
            )}
            {exchange && <ZoneButton {...exchange} />}
          </span>
          <Legend />
        </div>
      </header>
      {screen.showsPrevious && editable && <PreviousYear tab={tab.code} {...{ dossier, cells, edition, batches }} />}
      <ProblemAlert problem={problem} />
      {pasted && <PasteReport result={pasted} onGo={go} onClose={() => setPasted(undefined)} />}
      {loaded ? (
        <>
          <CellBar {...{ actions, isHelpOpen }} notes={marks.notes} talks={exchange?.talks.cells} />
          {isHelpOpen && (
            <p className="line-help" role="note">
              {help ?? 'Cette ligne n’a pas d’aide particulière.'}
            </p>
          )}
          {tab.dynamic && model.rows.length === 0 && <p className="tab-empty">Ce tableau n’a pas encore de ligne.</p>}
          <CellGrid
            {...{ actions, onBlock }}
            severities={marks.severities}
            talks={(exchange?.talks ?? NO_TALKS).cells}
          />
          {tab.dynamic && editable && (
            <p>
              <Button icon="plus" onClick={addRow}>
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
      {told && (
        <Suspense>
          <CellHistoryDialog
            cell={told.id}
            label={`${tab.dynamic ? '' : `${told.row.label} · `}${told.column.label}`}
            {...{ dossier, cells }}
            onClose={() => setTold(undefined)}
            onMessage={
              exchange &&
              (() => {
                setTold(undefined)
                exchange.zone.write('CELL')
              })
            }
          />
        </Suspense>
      )}
    </section>
  )
}
