import type { Counts, LiveEngine, Typed } from '../cells/overlay'
import { splitRow } from './address'
import { Calculation, type Snapshot } from './calculation'
import type { TypedData } from './data'
import { type Program, loadProgram } from './program'

/** A dossier computed in the browser: what the server keeps, and over it what is being typed. */
export class Live implements LiveEngine {
  private readonly calculation: Calculation
  /** What the server keeps under each cell, forced values included, and which rows it has. */
  private readonly kept = new Map<string, string>()
  private readonly keptRows = new Set<string>()
  private drafted: Typed = new Map()
  private before: Snapshot

  constructor(
    program: Program,
    kind: string,
    data: TypedData,
    readonly version: number,
  ) {
    this.calculation = new Calculation(program, kind, data)
    for (const [cell, text] of [...Object.entries(data.cells), ...Object.entries(data.forced)])
      this.kept.set(cell, text)
    for (const [tab, rows] of Object.entries(data.rows)) {
      for (const { key, values } of rows) {
        this.keptRows.add(`${tab}[${key}]`)
        for (const [column, text] of Object.entries(values)) this.kept.set(`${tab}[${key}].${column}`, text)
      }
    }
    this.before = this.calculation.snapshot()
  }

  show(drafts: Typed): Typed {
    this.lay(drafts)
    const shown = this.calculation.changedSince(this.before)
    for (const [row, [tab, key]] of this.rowsOf(drafts)) {
      for (const [column, text] of Object.entries(this.calculation.rowOutputs(tab, key)))
        shown.set(`${row}.${column}`, text)
    }
    return shown
  }

  keep(writes: Typed, version: number): LiveEngine {
    this.lay(new Map())
    for (const [cell, text] of writes) {
      if (text === null) this.kept.delete(cell)
      else this.kept.set(cell, text)
      this.calculation.type(cell, text)
    }
    for (const row of this.rowsOf(writes).keys()) this.keptRows.add(row)
    this.calculation.run()
    this.before = this.calculation.snapshot()
    return Object.assign(this, { version })
  }

  counts(): Counts {
    const counts = { blocking: 0, major: 0, minor: 0 }
    for (const { severity } of this.calculation.failing()) counts[severity] += 1
    return counts
  }

  hidden(): ReadonlySet<string> {
    return this.calculation.hidden()
  }

  /** Puts drafts in place of those laid before, and computes. */
  private lay(drafts: Typed): void {
    for (const cell of this.drafted.keys()) {
      if (!drafts.has(cell)) this.calculation.type(cell, this.kept.get(cell) ?? null)
    }
    for (const [cell, text] of drafts) if (this.drafted.get(cell) !== text) this.calculation.type(cell, text)
    const rows = this.rowsOf(drafts)
    for (const [row, [tab, key]] of this.rowsOf(this.drafted)) {
      if (!this.keptRows.has(row) && !rows.has(row)) this.calculation.table(tab)?.remove(key)
    }
    this.drafted = new Map(drafts)
    this.calculation.run()
  }

  /** The rows that these cells are in: `F01[0001]`, its table and its key. */
  private rowsOf(cells: Typed): Map<string, readonly [tab: string, key: string]> {
    const rows = new Map<string, readonly [string, string]>()
    for (const cell of cells.keys()) {
      const row = splitRow(cell)
      if (row && this.calculation.table(row.tab)) rows.set(`${row.tab}[${row.key}]`, [row.tab, row.key])
    }
    return rows
  }
}

/** Loads the form's module, and computes the dossier with it once. */
export async function openLive(url: string, kind: string, data: TypedData & { version: number }): Promise<Live> {
  return new Live(await loadProgram(url), kind, data, data.version)
}
