import type { TypedData } from './data'
import type { Condition, Instruction, Sheet } from './program'
import { RowTable } from './rowTable'
import { type Value, canonicalText, micro } from './runtime'

type Typed = Omit<TypedData, 'groups'>

/** A sheet under calculation: what was typed stays apart, for conditions blank what they hide. */
export class Filling {
  values: readonly Value[] = []
  readonly hidden = new Set<string>()
  readonly tables: ReadonlyMap<string, RowTable>
  private slots: Value[] = []
  private readonly typed: Value[]
  private readonly forced = new Map<number, Value>()
  private readonly kept = new Map<number, Value>()
  private readonly automatics = new Map<number, Value>()
  private readonly forcibleTexts: ReadonlySet<string>

  constructor(
    readonly sheet: Sheet,
    { cells, forced, rows, previous }: Typed,
  ) {
    this.typed = Array.from({ length: sheet.size }, () => null)
    this.forcibleTexts = new Set(sheet.forcibleTexts)
    for (const [cell, text] of Object.entries(cells)) this.lay(cell, text)
    for (const [cell, text] of Object.entries(forced)) this.force(cell, text)
    for (const [cell, slot] of Object.entries(sheet.previousNumbers)) this.typed[slot] = numberOf(previous[cell])
    for (const [cell, slot] of Object.entries(sheet.previousTexts)) this.typed[slot] = previous[cell] ?? null
    this.tables = new Map(sheet.rows.map((row) => [row.tab, new RowTable(row, rows[row.tab] ?? [])]))
    this.begin()
  }

  /** Types a cell, over its formula if it is forcible; one that no formula reads is let pass. */
  type(cell: string, text: string | null): void {
    if (cell in this.sheet.forcible) this.force(cell, text)
    else this.lay(cell, text)
  }

  /** Begins anew from what was typed. */
  begin(): void {
    this.slots = [...this.typed]
    this.values = this.slots
    this.hidden.clear()
    this.automatics.clear()
    this.kept.clear()
    for (const [slot, value] of this.forced) this.kept.set(slot, value)
    for (const table of this.tables.values()) table.lay(this.slots)
  }

  put(slot: number, value: Value): void {
    this.slots[slot] = value
  }

  /** Computes, one after the other; a slot that is forced keeps its value. */
  run(instructions: readonly Instruction[]): void {
    const { slots, kept, automatics } = this
    for (const [slot, formula, operands] of instructions) {
      const value = formula(slots, ...operands)
      const instead = kept.size ? kept.get(slot) : undefined
      if (instead !== undefined) automatics.set(slot, value)
      slots[slot] = instead === undefined ? value : instead
    }
  }

  /** Blanks what the condition hides, before anything reads it. */
  judge({ name, formula, operands, typed, computed }: Condition): void {
    if (formula(this.slots, ...operands)) return
    this.hidden.add(name)
    for (const slot of typed) this.slots[slot] = null
    for (const slot of computed) {
      this.kept.set(slot, null)
      this.slots[slot] = null
    }
  }

  /** A computed or forcible cell, forced value where forced; undefined if it is none. */
  value(cell: string): string | null | undefined {
    const slot = this.sheet.outputs[cell]
    return slot === undefined ? undefined : canonicalText(this.slots[slot] ?? null)
  }

  /** What the formula of a forced cell gives, blank where it is hidden; undefined where it is not forced. */
  automatic(cell: string): string | null | undefined {
    const slot = this.sheet.forcible[cell]
    if (slot === undefined || !this.forced.has(slot)) return undefined
    return this.kept.get(slot) === null ? null : canonicalText(this.automatics.get(slot) ?? null)
  }

  /** The computed columns of a row, blank in a hidden tab. */
  rowOutputs(tab: string, key: string): Record<string, string | null> {
    const outputs = this.tables.get(tab)?.outputs(key) ?? {}
    return this.hidden.has(tab) ? Object.fromEntries(Object.keys(outputs).map((column) => [column, null])) : outputs
  }

  private lay(cell: string, text: string | null): void {
    const { numbers, texts } = this.sheet
    if (cell in numbers) this.typed[numbers[cell]!] = numberOf(text)
    else if (cell in texts) this.typed[texts[cell]!] = text
  }

  private force(cell: string, text: string | null): void {
    const slot = this.sheet.forcible[cell]
    if (slot === undefined) return
    if (text === null) this.forced.delete(slot)
    else this.forced.set(slot, this.forcibleTexts.has(cell) ? text : micro(text))
  }
}

function numberOf(text: string | null | undefined): bigint | null {
  return text === null || text === undefined ? null : micro(text)
}
