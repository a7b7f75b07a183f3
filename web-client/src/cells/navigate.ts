import { type GridCell, type GridModel, cellAt } from './gridModel'

export type Step =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'rowStart'
  | 'rowEnd'
  | 'start'
  | 'end'
  | 'pageUp'
  | 'pageDown'
  | 'nextEntry'
  | 'previousEntry'

const PAGE = 12

/** Whether a value may be typed in the cell as it is (a forcible one too, which then is forced). */
export function isEntry(cell: GridCell): boolean {
  return cell.kind !== 'C'
}

/** The cell one reaches from another, over titles and missing cells; undefined where the grid ends. */
export function reach(model: GridModel, from: string, step: Step): string | undefined {
  const place = model.places.get(from)
  if (!place) return undefined
  const [row, column] = place
  if (step === 'up' || step === 'down') return vertical(model, row, column, step === 'down' ? 1 : -1, 1)
  if (step === 'pageUp' || step === 'pageDown') return vertical(model, row, column, step === 'pageDown' ? 1 : -1, PAGE)
  const all = [...model.places.keys()]
  if (step === 'start') return all[0]
  if (step === 'end') return all.at(-1)
  if (step === 'nextEntry') return all.slice(all.indexOf(from) + 1).find((id) => isTyped(model, id))
  if (step === 'previousEntry') return all.slice(0, all.indexOf(from)).findLast((id) => isTyped(model, id))
  return horizontal(model, row, column, step)
}

/** Tab stops only where one types as a rule: a forcible cell is reached by the arrows. */
function isTyped(model: GridModel, id: string): boolean {
  const [row, column] = model.places.get(id)!
  const kind = cellAt(model, row, column)?.kind
  return kind === 'S' || kind === 'T'
}

function vertical(model: GridModel, row: number, column: number, way: 1 | -1, count: number): string | undefined {
  let reached: string | undefined
  let left = count
  for (let next = row + way; left > 0 && next >= 0 && next < model.rows.length; next += way) {
    const cell = cellAt(model, next, column)
    if (!cell) continue
    reached = cell.id
    left -= 1
  }
  return reached
}

function horizontal(model: GridModel, row: number, column: number, step: Step): string | undefined {
  const cells = model.rows[row]!.cells
  const present = cells.flatMap((cell, at) => (cell ? [{ id: cell.id, at }] : []))
  if (step === 'rowStart') return present[0]?.id
  if (step === 'rowEnd') return present.at(-1)?.id
  if (step === 'left') return present.findLast(({ at }) => at < column)?.id
  return present.find(({ at }) => at > column)?.id
}
