import { expect, test } from 'vitest'
import { type PasteTarget, isBlock, readBlock, spreadBlock } from '../src/cells/paste'

const column = (id: string, locked = false, unit = 'eur'): PasteTarget => ({ id, unit, locked })
const grid = [
  [column('a1'), column('b1', true)],
  [column('a2'), column('b2', true)],
]
const at = (row: number, cell: number) => grid[row]?.[cell]

test('a block is what has several cells; one value is not, even with its line end', () => {
  expect(isBlock('12')).toBe(false)
  expect(isBlock('12\r\n')).toBe(false)
  expect(isBlock('1\t2')).toBe(true)
  expect(isBlock('1\n2')).toBe(true)
})

test('reads the lines and columns of a spreadsheet', () => {
  expect(readBlock('1\t2\r\n3\t4\r\n')).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
  expect(readBlock('a\t\tc\n\t\t\n')).toEqual([
    ['a', '', 'c'],
    ['', '', ''],
  ])
  expect(readBlock('"deux\nlignes"\tb\n"dit ""non"""\td')).toEqual([
    ['deux\nlignes', 'b'],
    ['dit "non"', 'd'],
  ])
})

test('counts what is pasted, skipped, outside and unreadable', () => {
  const result = spreadBlock(readBlock('1 000,5\t9\t7\n(2)\tx\t\nabc\t\t'), at)
  expect(result.writes).toEqual([
    { id: 'a1', value: '1000.5' },
    { id: 'a2', value: '-2' },
  ])
  expect(result.skipped).toBe(2)
  expect(result.outside).toBe(2)
  expect(result.unreadable).toEqual([])
})

test('an unreadable text is named with its cell, and the others are pasted', () => {
  const { writes, unreadable } = spreadBlock([['n/a'], ['5']], at)
  expect(writes).toEqual([{ id: 'a2', value: '5' }])
  expect(unreadable).toMatchObject([{ id: 'a1', text: 'n/a' }])
})

test('an empty cell of the block blanks its cell', () => {
  expect(spreadBlock([['']], at).writes).toEqual([{ id: 'a1', value: null }])
})
