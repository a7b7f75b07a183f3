import type { TypedData } from '../src/formula/data'
import { type Formula, type Program, programOf } from '../src/formula/program'
import type { Value } from '../src/formula/runtime'

const number = (value: Value | undefined) => (typeof value === 'bigint' ? value : 0n)
const sum = (values: readonly Value[], ...slots: readonly number[]): Value =>
  slots.every((slot) => values[slot] === null) ? null : slots.reduce((total, slot) => total + number(values[slot]), 0n)
const twice: Formula = (values, slot) => (values[slot] === null ? null : number(values[slot]) * 2n)
const equal: Formula = (values, left, right) => {
  const gap = number(values[left]) - number(values[right])
  return gap === 0n ? null : gap
}

const isX: Formula = (values, slot) => (values[slot] === 'x' ? '' : null)
const rule = { group: null, formula: equal, operands: [3, 4] } as const

/**
 * The pack of samples.ts, as the server writes it: N = B + D and P = B of L011 (P forcible), L019.B = both
 * lines, L019.N = last year's and the sum of the rows; C03 of a row is twice C04.
 */
export const program: Program = programOf({
  default: () => ({
    key: 'ER/2024/1',
    size: 11,
    numbers: { 'A1.L011.B': 0, 'A1.L011.D': 1, 'A1.L012.B': 2 },
    texts: { 'A1.L011.T': 10 },
    previousNumbers: { 'A1.L019.N': 7 },
    previousTexts: {},
    rows: [
      {
        tab: 'F01',
        size: 2,
        numbers: { C04: 0 },
        texts: {},
        instructions: [[1, twice, [0]]],
        outputs: { C03: 1 },
        sums: [[8, 1, null, null]],
        count: 9,
      },
    ],
    stages: [
      {
        group: null,
        instructions: [
          [3, sum, [0, 1]],
          [4, sum, [0]],
          [5, sum, [0, 2]],
          [6, sum, [7, 8]],
        ],
        condition: null,
      },
    ],
    groups: [],
    forcible: { 'A1.L011.P': 4 },
    forcibleTexts: [],
    outputs: { 'A1.L011.N': 3, 'A1.L011.P': 4, 'A1.L019.B': 5, 'A1.L019.N': 6 },
    checks: [
      { ...rule, id: 'EQ-1', severity: 'blocking', places: null },
      { ...rule, id: 'EQ-2', severity: 'minor', places: [['A1.L012', ['SA'], false]], operands: [3, 5] },
      { ...rule, id: 'TX-1', severity: 'major', places: [['A1.L011', ['OPH'], false]], formula: isX, operands: [10] },
    ],
  }),
})

export const typed: TypedData = {
  cells: { 'A1.L011.B': '10' },
  forced: {},
  rows: { F01: [{ key: '0001', values: { C04: '2.5' } }] },
  previous: { 'A1.L019.N': '100' },
  groups: {},
}
