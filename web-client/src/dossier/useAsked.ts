import { useMemo, useRef, useState } from 'react'
import type { Asked, Forcing } from '../cells/actions'
import type { DossierCells } from '../cells/dossierCells'
import type { GridCell } from '../cells/gridModel'
import { rowKeyOf } from '../cells/rowKeys'
import type { PackTab } from '../pack/pack'
import type { Batches } from './useBatches'

/** What the grid asks of the tab around it, by a key or by a button of the cell bar. */
export function useAsked(cells: DossierCells, tab: PackTab, batches: Batches, onMessage: () => void) {
  const [forcing, setForcing] = useState<Forcing>()
  /** The cell whose history is told. */
  const [told, setTold] = useState<GridCell>()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const latest = useRef(batches)
  latest.current = batches
  const message = useRef(onMessage)
  message.current = onMessage
  const asked = useMemo<Asked>(
    () => ({
      force: (forced) => onceFocused(() => setForcing(forced)),
      undo: () => latest.current.undoLast(),
      about(what, cell) {
        const store = cells.tab(tab.code)
        if (what === 'help') setHelpOpen((open) => !open)
        if (what === 'history') onceFocused(() => setTold(cell))
        if (what === 'message') message.current()
        if (what === 'previous' && store.previous?.get(cell.id)?.acceptable && store.editable)
          void latest.current.accept(tab.code, [cell.id])
        if (what === 'deleteRow' && tab.dynamic && store.editable) void deleteRow(cells, tab, cell, latest.current)
      },
    }),
    [cells, tab],
  )
  return { asked, forcing, setForcing, told, setTold, isHelpOpen }
}

/** A window gives the focus back to what had it: the cell, once the field in it has closed. */
function onceFocused(open: () => void): void {
  setTimeout(open)
}

/** Deletes the row of a cell, as its deleter saw it; the row that takes its place becomes active. */
async function deleteRow(cells: DossierCells, tab: PackTab, cell: GridCell, batches: Batches): Promise<void> {
  const store = cells.tab(tab.code)
  const key = rowKeyOf(cell.id)
  if (key === undefined) return
  const at = store.rowKeys.indexOf(key)
  // What was typed in the row a moment ago may just be making it.
  await cells.flush()
  if (store.isKeptRow(key)) {
    const typed = tab.columns.filter(({ kind }) => kind === 'S' || kind === 'T')
    const was = Object.fromEntries(typed.map(({ code }) => [code, store.data(store.rowCell(key, code)).value]))
    if (!(await batches.deleteRow(tab.code, key, was, `Ligne ${at + 1}`))) return
  }
  store.dropRow(key)
  const next = store.rowKeys[at] ?? store.rowKeys[at - 1]
  store.goTo(next === undefined ? undefined : store.rowCell(next, cell.column.code))
}
