import { splitKey, splitRow, withKey } from './address'
import type { Failure, TypedData } from './data'
import { Filling } from './filling'
import type { CheckRule, Program } from './program'
import { added } from './rowTable'
import { MICRO, type Value, canonicalText } from './runtime'

type Instances = ReadonlyMap<string, Filling>
/** The values of every sheet, by what is told apart here: nothing for the dossier's own. */
export type Snapshot = ReadonlyMap<Filling, readonly Value[]>

/**
 * A dossier under calculation (forms/evaluate.py): one more typed value costs one run of the formulas
 * and nothing else. The keys of the instances are those it was made with.
 */
export class Calculation {
  private readonly own: Filling
  private readonly groups: readonly Instances[]

  constructor(
    private readonly program: Program,
    private readonly kind: string,
    data: TypedData,
  ) {
    this.own = new Filling(program, data)
    this.groups = program.groups.map(
      ({ code, sheet }) => new Map((data.groups[code] ?? []).map((key) => [key, new Filling(sheet, ofKey(data, key))])),
    )
    this.run()
  }

  /** Types a cell, of a row or of an instance too; null blanks it, or gives it back to its formula. */
  type(cell: string, text: string | null): void {
    const row = splitRow(cell)
    const table = row && this.table(row.tab)
    if (row && table) table.type(row.key, row.column, text)
    else for (const [filling, name] of this.holders(cell)) filling.type(name, text)
  }

  /** The rows of a dynamic tab, `F01` or `D1[key]`. */
  table(tab: string) {
    for (const [filling, name] of this.holders(tab)) if (filling.tables.has(name)) return filling.tables.get(name)
    return undefined
  }

  /** Computes every cell from what was typed. */
  run(): void {
    const { own, groups, program } = this
    for (const filling of this.fillings()) filling.begin()
    for (const index of groups.keys()) this.bringOut(index)
    for (const { group, instructions, condition } of program.stages) {
      if (group !== null) this.bringIn(group)
      for (const filling of group === null ? [own] : groups[group]!.values()) {
        filling.run(instructions)
        if (condition) filling.judge(condition)
      }
      if (group !== null) this.bringOut(group)
    }
    // For the rules, which read what came last too.
    for (const index of groups.keys()) this.bringIn(index)
  }

  /** A computed or forcible cell, forced value where forced; undefined if it is none. */
  value(cell: string): string | null | undefined {
    return this.found(cell, (filling, name) => filling.value(name))
  }

  /** What the formula of a forced cell gives; undefined where it is not forced. */
  automatic(cell: string): string | null | undefined {
    return this.found(cell, (filling, name) => filling.automatic(name))
  }

  /** The computed columns of a row, blank in a hidden tab. */
  rowOutputs(tab: string, key: string): Record<string, string | null> {
    return (
      this.found(tab, (filling, name) => (filling.tables.has(name) ? filling.rowOutputs(name, key) : undefined)) ?? {}
    )
  }

  /** The tabs and lines whose condition does not hold, as they are named in their instance. */
  hidden(): ReadonlySet<string> {
    return new Set(this.keyed().flatMap(([filling, key]) => [...filling.hidden].map((name) => withKey(name, key))))
  }

  /** All values as they stand, to tell later which computed cells differ. */
  snapshot(): Snapshot {
    return new Map(this.fillings().map((filling) => [filling, [...filling.values]]))
  }

  /** The computed cells that are no longer as in the snapshot, with what they are now. */
  changedSince(before: Snapshot): Map<string, string | null> {
    const changed = new Map<string, string | null>()
    for (const [filling, key] of this.keyed()) {
      const old = before.get(filling)
      for (const [cell, slot] of Object.entries(filling.sheet.outputs)) {
        const value = filling.values[slot] ?? null
        if (value !== (old?.[slot] ?? null)) changed.set(withKey(cell, key), canonicalText(value))
      }
    }
    return changed
  }

  /** The checks that fail, in the order of the pack, an instance after the other. */
  failing(): Failure[] {
    return this.program.checks.flatMap((rule) => {
      const index = this.program.groups.findIndex(({ code }) => code === rule.group)
      const judged: [string, Filling][] = rule.group === null ? [['', this.own]] : [...(this.groups[index] ?? [])]
      return judged.flatMap(([instance, filling]) => {
        const gap = rule.formula(filling.values, ...rule.operands)
        if (gap === null || !this.concerns(rule, filling)) return []
        const { id: check, severity } = rule
        return [{ check, severity, gap: typeof gap === 'bigint' ? canonicalText(gap) : null, instance }]
      })
    })
  }

  private concerns({ places }: CheckRule, filling: Filling): boolean {
    if (!places) return true
    return places.some(([name, kinds, ofInstance]) => {
      const { hidden } = ofInstance ? filling : this.own
      const [tab = ''] = name.split('.', 1)
      return (!kinds || kinds.includes(this.kind)) && !hidden.has(name) && !hidden.has(tab)
    })
  }

  private bringIn(index: number): void {
    for (const filling of this.groups[index]!.values()) {
      for (const [outside, inside] of this.program.groups[index]!.imports) {
        filling.put(inside, this.own.values[outside] ?? null)
      }
    }
  }

  private bringOut(index: number): void {
    const { sums, counts, count } = this.program.groups[index]!
    const table = [...this.groups[index]!.values()].map((filling) => filling.values)
    for (const sum of sums) this.own.put(sum[0], added(table, sum))
    for (const [outside, inside] of counts) {
      this.own.put(outside, added(table, [outside, inside, null, null]) ?? 0n)
    }
    if (count !== null) this.own.put(count, BigInt(table.length) * MICRO)
  }

  private fillings(): Filling[] {
    return [this.own, ...this.groups.flatMap((instances) => [...instances.values()])]
  }

  private keyed(): (readonly [Filling, key: string])[] {
    const instances = this.groups.flatMap((each) => [...each].map(([key, filling]) => [filling, key] as const))
    return [[this.own, ''], ...instances]
  }

  /** The sheets that may hold what bears that name, and its name there: two groups may share a key. */
  private holders(name: string): (readonly [Filling, name: string])[] {
    const [plain, key] = splitKey(name)
    if (!key) return [[this.own, name]]
    return this.groups.flatMap((instances) => {
      const filling = instances.get(key)
      return filling ? [[filling, plain] as const] : []
    })
  }

  private found<T>(name: string, read: (filling: Filling, name: string) => T | undefined): T | undefined {
    for (const [filling, plain] of this.holders(name)) {
      const value = read(filling, plain)
      if (value !== undefined) return value
    }
    return undefined
  }
}

/** What concerns the instances of that key, under the names of the pack. */
function ofKey({ cells, forced, rows, previous }: TypedData, key: string): Omit<TypedData, 'groups'> {
  const own = <T>(named: Readonly<Record<string, T>>): Record<string, T> => {
    const entries = Object.entries(named).map(([name, value]) => [splitKey(name), value] as const)
    return Object.fromEntries(entries.filter(([[, its]]) => its === key).map(([[plain], value]) => [plain, value]))
  }
  return { cells: own(cells), forced: own(forced), rows: own(rows), previous: own(previous) }
}
