import type { TypedRow } from './data'
import type { RowProgram, Sum } from './program'
import { MICRO, type Value, canonicalText, micro } from './runtime'

/** The rows of one dynamic tab: each is computed by itself, when it changes. */
export class RowTable {
  private readonly typed = new Map<string, Map<string, string>>()
  private readonly computed = new Map<string, Value[]>()

  constructor(
    private readonly program: RowProgram,
    rows: readonly TypedRow[],
  ) {
    for (const { key, values } of rows) {
      this.typed.set(key, new Map(Object.entries(values)))
      this.compute(key)
    }
  }

  /** Types a column of a row, which is added if it is not there. */
  type(key: string, column: string, text: string | null): void {
    let row = this.typed.get(key)
    if (!row) this.typed.set(key, (row = new Map()))
    if (text === null) row.delete(column)
    else row.set(column, text)
    this.compute(key)
  }

  remove(key: string): void {
    this.typed.delete(key)
    this.computed.delete(key)
  }

  keys(): readonly string[] {
    return [...this.typed.keys()]
  }

  /** Puts the sums and the number of rows into the slots that fixed cells read. */
  lay(cells: Value[]): void {
    const { sums, count } = this.program
    const table = [...this.computed.values()]
    for (const sum of sums) cells[sum[0]] = added(table, sum)
    if (count !== null) cells[count] = BigInt(this.typed.size) * MICRO
  }

  /** The computed columns of a row. */
  outputs(key: string): Record<string, string | null> {
    const values = this.computed.get(key)
    return Object.fromEntries(
      Object.entries(this.program.outputs).map(([column, slot]) => [column, canonicalText(values?.[slot] ?? null)]),
    )
  }

  private compute(key: string): void {
    const { size, numbers, texts, instructions } = this.program
    const row = this.typed.get(key)
    const values: Value[] = Array.from({ length: size }, () => null)
    for (const [column, slot] of Object.entries(numbers)) {
      const text = row?.get(column)
      if (text !== undefined) values[slot] = micro(text)
    }
    for (const [column, slot] of Object.entries(texts)) values[slot] = row?.get(column) ?? null
    for (const [slot, formula, operands] of instructions) values[slot] = formula(values, ...operands)
    this.computed.set(key, values)
  }
}

/** The sum of a slot over rows or instances; blank if there is nothing to add. */
export function added(table: readonly (readonly Value[])[], [, slot, where, equals]: Sum): bigint | null {
  let total: bigint | null = null
  for (const values of table) {
    const value = values[slot]
    const counts = where === null || (values[where] ?? null) === equals
    if (counts && typeof value === 'bigint') total = (total ?? 0n) + value
  }
  return total
}
