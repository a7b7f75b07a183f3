import * as runtime from './runtime'
import type { Value } from './runtime'

/** A generated function: all values of a sheet, then the slots of its operands. */
export type Formula = (values: readonly Value[], ...slots: readonly number[]) => Value
type Slots = Readonly<Record<string, number>>
/** The slot of the result, the function, the slots of its operands. */
export type Instruction = readonly [slot: number, formula: Formula, operands: readonly number[]]
/** Where the sum goes, what it adds, and in which slot what must be found for it to count. */
export type Sum = readonly [slot: number, added: number, where: number | null, equals: Value]
export type CheckSeverity = 'minor' | 'major' | 'blocking'

/** One list of values by slot: the dossier's own, or those of one instance of a group. */
export interface Sheet {
  readonly size: number
  readonly numbers: Slots
  readonly texts: Slots
  readonly previousNumbers: Slots
  readonly previousTexts: Slots
  readonly rows: readonly RowProgram[]
  readonly forcible: Slots
  readonly forcibleTexts: readonly string[]
  readonly outputs: Slots
}

/** The tables that the server writes with the functions (forms/script.py, forms/program.py). */
export interface Program extends Sheet {
  readonly key: string
  readonly stages: readonly Stage[]
  readonly groups: readonly GroupSheet[]
  readonly checks: readonly CheckRule[]
}

/** One dynamic tab. */
export interface RowProgram {
  readonly tab: string
  readonly size: number
  readonly numbers: Slots
  readonly texts: Slots
  readonly instructions: readonly Instruction[]
  readonly outputs: Slots
  readonly sums: readonly Sum[]
  readonly count: number | null
}

/** The sheet of each instance of a group, and what goes between it and the dossier's own. */
export interface GroupSheet {
  readonly code: string
  readonly sheet: Sheet
  readonly imports: readonly (readonly [outside: number, inside: number])[]
  readonly sums: readonly Sum[]
  readonly counts: readonly (readonly [outside: number, inside: number])[]
  readonly count: number | null
}

/** Instructions one after the other, then a condition; `group`: the instances of which run them. */
export interface Stage {
  readonly group: number | null
  readonly instructions: readonly Instruction[]
  readonly condition: Condition | null
}

/** What hides a tab or a line when its formula gives zero. */
export interface Condition {
  readonly name: string
  readonly formula: Formula
  readonly operands: readonly number[]
  readonly typed: readonly number[]
  readonly computed: readonly number[]
}

/** `places`: tabs and lines, one of which must be shown for the rule to hold; null: one always is. */
export interface CheckRule {
  readonly id: string
  readonly severity: CheckSeverity
  readonly group: string | null
  readonly places: readonly (readonly [name: string, kinds: readonly string[] | null, ofInstance: boolean])[] | null
  readonly formula: Formula
  readonly operands: readonly number[]
}

export interface ProgramModule {
  readonly default: (helpers: typeof runtime) => Program
}

/** The program of the module that the server wrote for a pack. */
export function programOf({ default: build }: ProgramModule): Program {
  return build(runtime)
}

/** Loads the module at that address; the browser keeps it, for it never changes. */
export async function loadProgram(url: string): Promise<Program> {
  return programOf((await import(/* @vite-ignore */ url)) as ProgramModule)
}
