import { describe, expect, it } from 'vitest'
import { Calculation } from '../src/formula/calculation'
import { Live } from '../src/formula/live'
import { loadProgram } from '../src/formula/program'
import { program, typed } from './formulaSample'

const make = (kind = 'OPH') => new Calculation(program, kind, typed)

describe('a dossier under calculation', () => {
  it('is computed whole from what was typed, last year and the rows', () => {
    const calculation = make()
    expect(calculation.value('A1.L011.N')).toBe('10')
    expect(calculation.value('A1.L019.N')).toBe('105')
    expect(calculation.value('A1.L011.B')).toBeUndefined()
    expect(calculation.rowOutputs('F01', '0001')).toEqual({ C03: '5' })
  })

  it('follows one more value, and tells what it changed', () => {
    const calculation = make()
    const before = calculation.snapshot()
    calculation.type('A1.L011.D', '0.5')
    calculation.type('A1.L999.Z', 'unknown to the formulas')
    calculation.run()
    expect([...calculation.changedSince(before)]).toEqual([['A1.L011.N', '10.5']])
    calculation.type('A1.L011.D', null)
    calculation.run()
    expect(calculation.changedSince(before).size).toBe(0)
  })

  it('keeps both values of a forced cell, and others read the forced one', () => {
    const calculation = make()
    calculation.type('A1.L011.P', '7')
    calculation.run()
    expect([calculation.value('A1.L011.P'), calculation.automatic('A1.L011.P')]).toEqual(['7', '10'])
    expect(calculation.failing()).toEqual([{ check: 'EQ-1', severity: 'blocking', gap: '3', instance: '' }])
    calculation.type('A1.L011.P', null)
    calculation.type('A1.L011.N', '9')
    calculation.run()
    expect([calculation.value('A1.L011.P'), calculation.automatic('A1.L011.P')]).toEqual(['10', undefined])
    expect([calculation.value('A1.L011.N'), calculation.automatic('A1.L011.N')]).toEqual(['10', undefined])
  })

  it('checks only the rules of the organism’s kind; between texts there is no gap', () => {
    const failing = ['OPH', 'SA'].map((kind) => {
      const calculation = make(kind)
      calculation.type('A1.L011.T', 'x')
      calculation.type('A1.L012.B', '1')
      calculation.run()
      return calculation.failing().map(({ check, gap }) => [check, gap])
    })
    expect(failing).toEqual([[['TX-1', null]], [['EQ-2', '-1']]])
  })

  it('adds, changes and removes rows', () => {
    const calculation = make()
    const table = calculation.table('F01')!
    table.type('0002', 'C04', '1')
    calculation.run()
    expect(calculation.value('A1.L019.N')).toBe('107')
    table.remove('0001')
    table.remove('0002')
    calculation.run()
    expect(calculation.value('A1.L019.N')).toBe('100')
    expect(table.keys()).toEqual([])
  })
})

describe('what is typed over what the server keeps', () => {
  it('shows what the drafts change, rows included, and nothing once they are gone', () => {
    const live = new Live(program, 'OPH', typed, 4)
    const drafts = new Map([
      ['A1.L011.B', '12'],
      ['F01[0002].C04', '1'],
      ['A1.L011.P', '3'],
    ])
    expect(Object.fromEntries(live.show(drafts))).toEqual({
      'A1.L011.N': '12',
      'A1.L011.P': '3',
      'A1.L019.B': '12',
      'A1.L019.N': '107',
      'F01[0002].C03': '2',
    })
    expect(live.counts()).toEqual({ blocking: 1, major: 0, minor: 0 })
    expect(live.show(new Map()).size).toBe(0)
    expect(live.counts()).toEqual({ blocking: 0, major: 0, minor: 0 })
  })

  it('takes what was written as kept, and tells only what still changes', () => {
    const live = new Live(program, 'OPH', typed, 4)
    live.show(new Map([['A1.L011.B', '12']]))
    live.keep(new Map([['A1.L011.B', '12']]), 5)
    expect(live.version).toBe(5)
    expect(live.show(new Map()).size).toBe(0)
    expect(Object.fromEntries(live.show(new Map([['A1.L012.B', '1']])))).toEqual({ 'A1.L019.B': '13' })
    live.keep(
      new Map([
        ['A1.L011.B', null],
        ['F01[0003].C04', '4'],
      ]),
      6,
    )
    expect(live.show(new Map()).size).toBe(0)
    expect(Object.fromEntries(live.show(new Map([['F01[0003].C04', null]])))).toEqual({
      'A1.L019.N': '105',
      'F01[0003].C03': null,
    })
  })
})

describe('the module of a pack', () => {
  it('is loaded from its address, and given the functions that formulas call', async () => {
    const text = 'export default ({ negated }) => ({ key: "ER/2024/1", size: Number(negated(-3n)) })'
    const loaded = await loadProgram(`data:text/javascript,${encodeURIComponent(text)}`)
    expect([loaded.key, loaded.size]).toEqual(['ER/2024/1', 3])
  })
})
