import type { Failure, TypedData } from './data'
import type { Program } from './program'
import { RowTable } from './rowTable'
import { type Value, canonicalText, micro } from './runtime'

/**
 * A dossier under calculation: what was typed stays in its slots, so that one more value costs one
 * run of the formulas and nothing else.
 */
export class Calculation {
  private values: Value[] = []
  private readonly forced = new Map<number, Value>()
  private readonly automatics = new Map<number, Value>()
  private readonly tables: ReadonlyMap<string, RowTable>
  private readonly forcibleTexts: ReadonlySet<string>

  constructor(
    private readonly program: Program,
    private readonly kind: string,
    data: TypedData,
  ) {
    this.tables = new Map(program.rows.map((row) => [row.tab, new RowTable(row)]))
    this.forcibleTexts = new Set(program.forcibleTexts)
    this.load(data)
  }

  /** Takes the whole dossier anew, and computes it. */
  load({ cells, forced, rows, previous }: TypedData): void {
    const { size, previousNumbers, previousTexts } = this.program
    this.values = Array.from({ length: size }, () => null)
    this.forced.clear()
    for (const [cell, text] of Object.entries(cells)) this.type(cell, text)
    for (const [cell, text] of Object.entries(forced)) this.force(cell, text)
    for (const [cell, slot] of Object.entries(previousNumbers)) this.values[slot] = numberAt(previous, cell)
    for (const [cell, slot] of Object.entries(previousTexts)) this.values[slot] = previous[cell] ?? null
    for (const [tab, table] of this.tables) table.load(rows[tab] ?? [])
    this.run()
  }

  /** Types a fixed cell; one that no formula reads is let pass. */
  type(cell: string, text: string | null): void {
    const { numbers, texts } = this.program
    const slot = numbers[cell]
    if (slot !== undefined) this.values[slot] = text === null ? null : micro(text)
    else if (texts[cell] !== undefined) this.values[texts[cell]] = text
  }

  /** Types over a forcible cell; null gives it back to its formula. */
  force(cell: string, text: string | null): void {
    const slot = this.program.forcible[cell]
    if (slot === undefined) return
    if (text === null) this.forced.delete(slot)
    else this.forced.set(slot, this.forcibleTexts.has(cell) ? text : micro(text))
  }

  table(tab: string): RowTable | undefined {
    return this.tables.get(tab)
  }

  /** Computes every cell from what was typed. */
  run(): void {
    const { values, forced, automatics } = this
    automatics.clear()
    for (const table of this.tables.values()) table.lay(values)
    for (const [slot, formula, operands] of this.program.instructions) {
      const value = formula(values, ...operands)
      const typed = forced.size ? forced.get(slot) : undefined
      if (typed !== undefined) automatics.set(slot, value)
      values[slot] = typed ?? value
    }
  }

  /** A computed or forcible cell, forced value where forced; undefined if it is none. */
  value(cell: string): string | null | undefined {
    const slot = this.program.outputs[cell]
    return slot === undefined ? undefined : canonicalText(this.values[slot] ?? null)
  }

  /** What the formula of a forced cell gives; undefined where it is not forced. */
  automatic(cell: string): string | null | undefined {
    const slot = this.program.forcible[cell]
    const value = slot === undefined ? undefined : this.automatics.get(slot)
    return value === undefined ? undefined : canonicalText(value)
  }

  /** All values as they stand, to tell later which computed cells differ. */
  snapshot(): readonly Value[] {
    return [...this.values]
  }

  /** The computed cells that are no longer as in the snapshot, with what they are now. */
  changedSince(before: readonly Value[]): Map<string, string | null> {
    const changed = new Map<string, string | null>()
    for (const [cell, slot] of Object.entries(this.program.outputs)) {
      const value = this.values[slot] ?? null
      if (value !== before[slot]) changed.set(cell, canonicalText(value))
    }
    return changed
  }

  /** The checks that fail, in the order of the pack. */
  failing(): Failure[] {
    const found: Failure[] = []
    for (const [check, severity, only, formula, operands] of this.program.checks) {
      if (only && !only.includes(this.kind)) continue
      const gap = formula(this.values, ...operands)
      if (gap !== null) found.push({ check, severity, gap: typeof gap === 'bigint' ? canonicalText(gap) : null })
    }
    return found
  }
}

function numberAt(texts: TypedData['previous'], cell: string): bigint | null {
  const text = texts[cell]
  return text === undefined ? null : micro(text)
}
