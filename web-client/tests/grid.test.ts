import { describe, expect, it, test } from 'vitest'
import { layOut } from '../src/cells/gridModel'
import { commandOf, editingCommandOf } from '../src/cells/keyboard'
import { reach } from '../src/cells/navigate'
import { readPack } from '../src/pack/readPack'
import { model, pack, packFile } from './samples'

const key = (name: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => {
  return { key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }
}

const lines = (category: string) =>
  readPack(packFile, category)
    .tabs.get('A1')!
    .lines.map((line) => line.code)

describe('the pack', () => {
  it('leaves out the lines of other kinds of organism', () => {
    expect(lines('OPH')).toContain('L013')
    expect(lines('SA')).not.toContain('L013')
  })

  it('sets its labels as print would', () => {
    expect(pack.tabs.get('A1')!.title).toBe('Bilan N\u20111')
  })

  it('lays out titles, totals and holes', () => {
    expect(model.rows.map((row) => row.look)).toEqual(['title', 'line', 'line', 'line', 'total'])
    expect(model.rows[2]!.cells[1]).toBeUndefined()
  })

  it('lays out the rows of a dynamic tab, with the choices of their lists', () => {
    const dynamic = layOut(pack, pack.tabs.get('F01')!, ['0001'])
    expect(dynamic.rows[0]!.cells.map((cell) => cell!.id)).toEqual(['F01[0001].C01', 'F01[0001].C02', 'F01[0001].C03'])
    expect(dynamic.rows[0]!.cells[1]!.choices).toEqual(['A', 'B'])
  })
})

describe('moving in the grid', () => {
  test.each([
    ['A1.L011.B', 'right', 'A1.L011.D'],
    ['A1.L011.B', 'left', undefined],
    ['A1.L011.B', 'down', 'A1.L012.B'],
    ['A1.L011.D', 'down', undefined],
    ['A1.L012.B', 'right', 'A1.L012.N'],
    ['A1.L012.N', 'down', 'A1.L019.N'],
    ['A1.L011.B', 'up', undefined],
    ['A1.L012.N', 'rowStart', 'A1.L012.B'],
    ['A1.L011.B', 'rowEnd', 'A1.L011.P'],
    ['A1.L012.N', 'start', 'A1.L011.B'],
    ['A1.L011.B', 'end', 'A1.L019.N'],
    ['A1.L011.B', 'pageDown', 'A1.L019.B'],
    ['A1.L011.D', 'nextEntry', 'A1.L012.B'],
    ['A1.L013.B', 'nextEntry', undefined],
    ['A1.L012.B', 'previousEntry', 'A1.L011.D'],
  ] as const)('from %s, %s reaches %s', (from, step, to) => expect(reach(model, from, step)).toBe(to))
})

describe('the keyboard', () => {
  it('moves, opens, types and undoes', () => {
    expect(commandOf(key('ArrowDown'))).toEqual({ do: 'move', step: 'down', opens: false })
    expect(commandOf(key('Enter'))).toEqual({ do: 'move', step: 'down', opens: true })
    expect(commandOf(key('Tab', { shiftKey: true }))).toMatchObject({ step: 'previousEntry' })
    expect(commandOf(key('End', { ctrlKey: true }))).toMatchObject({ step: 'end' })
    expect(commandOf(key('F2'))).toEqual({ do: 'edit' })
    expect(commandOf(key('7'))).toEqual({ do: 'type', text: '7' })
    expect(commandOf(key('Delete'))).toEqual({ do: 'clear' })
    expect(commandOf(key('z', { ctrlKey: true }))).toEqual({ do: 'undo' })
  })

  it('leaves to the browser what is its own', () => {
    for (const event of [key('c', { ctrlKey: true }), key('F5'), key('a', { altKey: true }), key('Escape')]) {
      expect(commandOf(event)).toBeUndefined()
    }
  })

  it('in a cell, arrows move as long as its text is untouched', () => {
    expect(editingCommandOf(key('ArrowLeft'), 'replace', true)).toMatchObject({ step: 'left' })
    expect(editingCommandOf(key('ArrowLeft'), 'replace', false)).toBeUndefined()
    expect(editingCommandOf(key('ArrowLeft'), 'edit', true)).toBeUndefined()
    expect(editingCommandOf(key('ArrowUp'), 'edit', true)).toBeUndefined()
    expect(editingCommandOf(key('Enter'), 'edit', false)).toEqual({ do: 'move', step: 'down', opens: true })
    expect(editingCommandOf(key('Escape'), 'edit', false)).toEqual({ do: 'cancel' })
    expect(editingCommandOf(key('Home'), 'replace', true)).toBeUndefined()
  })
})
