import * as runtime from './runtime'
import type { Value } from './runtime'

/** A generated function: all values, then the slots of its operands. */
type Formula = (values: readonly Value[], ...slots: readonly number[]) => Value
type Slots = Readonly<Record<string, number>>
/** The slot of the result, the function, the slots of its operands. */
export type Instruction = readonly [slot: number, formula: Formula, operands: readonly number[]]
export type CheckSeverity = 'minor' | 'major' | 'blocking'
type CheckRule = readonly [
  id: string,
  severity: CheckSeverity,
  only: readonly string[] | null,
  formula: Formula,
  operands: readonly number[],
]

/** The tables that the server writes with the functions (forms/script.py): cells and their slots. */
export interface Program {
  readonly key: string
  readonly size: number
  readonly numbers: Slots
  readonly texts: Slots
  readonly previousNumbers: Slots
  readonly previousTexts: Slots
  readonly rows: readonly RowProgram[]
  readonly instructions: readonly Instruction[]
  readonly forcible: Slots
  readonly forcibleTexts: readonly string[]
  readonly outputs: Slots
  readonly checks: readonly CheckRule[]
}

/** One dynamic tab; `sums`: slot among the cells, slot in the row. */
export interface RowProgram {
  readonly tab: string
  readonly size: number
  readonly numbers: Slots
  readonly texts: Slots
  readonly instructions: readonly Instruction[]
  readonly outputs: Slots
  readonly sums: readonly (readonly [cell: number, column: number])[]
  readonly count: number | null
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
