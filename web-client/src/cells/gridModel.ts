import type { Pack, PackCell, PackColumn, PackTab } from '../pack/pack'
import { listOf } from './units'

export interface GridCell extends PackCell {
  readonly column: PackColumn
  readonly row: GridRow
  readonly choices?: readonly string[]
}

export interface GridRow {
  readonly key: string
  readonly label: string
  readonly accounts: string
  readonly look: 'title' | 'total' | 'line'
  /** What the form says of the line to whoever fills it. */
  readonly help?: string
  readonly cells: readonly (GridCell | undefined)[]
}

/** A tab laid out in rows and columns, and where each cell stands. */
export interface GridModel {
  readonly tab: PackTab
  readonly rows: readonly GridRow[]
  readonly places: ReadonlyMap<string, readonly [row: number, column: number]>
}

/**
 * Lays out a tab: its lines, or for a dynamic tab the rows whose keys are given. `hidden` are the
 * lines (`EF01.L025`) whose condition does not hold.
 */
export function layOut(
  pack: Pack,
  tab: PackTab,
  rowKeys: readonly string[],
  hidden: ReadonlySet<string> = new Set(),
): GridModel {
  const lines = tab.lines.filter(({ code }) => !hidden.has(`${tab.code}.${code}`))
  const rows = tab.dynamic
    ? rowKeys.map((key) => dynamicRow(pack, tab, key))
    : lines.map(({ code, label, accounts, isTitle, cells, help }) => {
        const kinds = [...cells.values()].map((cell) => cell.kind)
        const isTotal = kinds.length > 0 && kinds.every((kind) => kind === 'C' || kind === 'F')
        const look = isTitle ? ('title' as const) : isTotal ? ('total' as const) : ('line' as const)
        return buildRow(pack, tab, { key: code, label, accounts, look, help }, (column) => cells.get(column.code))
      })
  return { tab, rows, places: new Map(rows.flatMap(placesOf)) }
}

export function cellAt(model: GridModel, row: number, column: number): GridCell | undefined {
  return model.rows[row]?.cells[column]
}

export function cellOf(model: GridModel, id: string | undefined): GridCell | undefined {
  const place = id === undefined ? undefined : model.places.get(id)
  return place && cellAt(model, ...place)
}

function dynamicRow(pack: Pack, tab: PackTab, key: string): GridRow {
  const head = { key, label: key, accounts: '', look: 'line' as const }
  return buildRow(pack, tab, head, ({ code, kind, unit }) => ({ id: `${tab.code}[${key}].${code}`, kind, unit }))
}

function buildRow(
  pack: Pack,
  tab: PackTab,
  head: Omit<GridRow, 'cells'>,
  find: (column: PackColumn) => PackCell | undefined,
): GridRow {
  const cells: (GridCell | undefined)[] = []
  const made: GridRow = { ...head, cells }
  for (const column of tab.columns) {
    const cell = find(column)
    const list = cell && listOf(cell.unit)
    cells.push(cell && { ...cell, column, row: made, choices: list ? pack.lists.get(list) : undefined })
  }
  return made
}

function placesOf(gridRow: GridRow, index: number): [string, readonly [number, number]][] {
  return gridRow.cells.flatMap((cell, column) => (cell ? [[cell.id, [index, column] as const]] : []))
}
