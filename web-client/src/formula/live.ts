import type { Counts, LiveEngine, Typed } from '../cells/overlay'
import { Calculation } from './calculation'
import type { TypedData } from './data'
import { type Program, loadProgram } from './program'
import type { Value } from './runtime'

const ROW_CELL = /^(\w+)\[(.+)\]\.(\w+)$/

/** A dossier computed in the browser: what the server keeps, and over it what is being typed. */
export class Live implements LiveEngine {
  private readonly calculation: Calculation
  /** What the server keeps under each cell, forced values included, and which rows it has. */
  private readonly kept = new Map<string, string>()
  private readonly keptRows = new Set<string>()
  private drafted: Typed = new Map()
  private before: readonly Value[]

  constructor(
    private readonly program: Program,
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
    for (const [tab, key] of this.rowsOf(drafts)) {
      const outputs = this.calculation.table(tab)?.outputs(key) ?? {}
      for (const [column, text] of Object.entries(outputs)) shown.set(`${tab}[${key}].${column}`, text)
    }
    return shown
  }

  keep(writes: Typed, version: number): LiveEngine {
    this.lay(new Map())
    for (const [cell, text] of writes) {
      if (text === null) this.kept.delete(cell)
      else this.kept.set(cell, text)
      const [, tab, key] = ROW_CELL.exec(cell) ?? []
      if (tab) this.keptRows.add(`${tab}[${key}]`)
      this.put(cell, text)
    }
    this.calculation.run()
    this.before = this.calculation.snapshot()
    return Object.assign(this, { version })
  }

  counts(): Counts {
    const counts = { blocking: 0, major: 0, minor: 0 }
    for (const { severity } of this.calculation.failing()) counts[severity] += 1
    return counts
  }

  /** Puts drafts in place of those laid before, and computes. */
  private lay(drafts: Typed): void {
    for (const cell of this.drafted.keys()) if (!drafts.has(cell)) this.put(cell, this.kept.get(cell) ?? null)
    for (const [cell, text] of drafts) if (this.drafted.get(cell) !== text) this.put(cell, text)
    for (const [tab, key] of this.rowsOf(this.drafted)) {
      const isThere =
        this.keptRows.has(`${tab}[${key}]`) || [...drafts.keys()].some((id) => id.startsWith(`${tab}[${key}]`))
      if (!isThere) this.calculation.table(tab)?.remove(key)
    }
    this.drafted = new Map(drafts)
    this.calculation.run()
  }

  private put(cell: string, text: string | null): void {
    const [, tab, key, column] = ROW_CELL.exec(cell) ?? []
    if (tab && key && column) this.calculation.table(tab)?.type(key, column, text)
    else if (cell in this.program.forcible) this.calculation.force(cell, text)
    else this.calculation.type(cell, text)
  }

  private rowsOf(drafts: Typed): (readonly [tab: string, key: string])[] {
    const rows = new Map<string, readonly [string, string]>()
    for (const cell of drafts.keys()) {
      const [, tab, key] = ROW_CELL.exec(cell) ?? []
      if (tab && key) rows.set(`${tab}[${key}]`, [tab, key])
    }
    return [...rows.values()]
  }
}

/** Loads the form's module, and computes the dossier with it once. */
export async function openLive(url: string, kind: string, data: TypedData & { version: number }): Promise<Live> {
  return new Live(await loadProgram(url), kind, data, data.version)
}
