import { describe, expect, it, test } from 'vitest'
import { readEntry } from '../src/cells/entry'
import { editableText, formatValue } from '../src/cells/format'

const value = (unit: string, text: string, choices?: string[]) => {
  const entry = readEntry(unit, text, choices)
  return entry.ok ? entry.value : entry.message
}

describe('numbers are read as one types them, French or English', () => {
  test.each([
    ['1234,5', '1234.5'],
    ['1 234,56', '1234.56'],
    ['1\u202f234\u00a0567,8', '1234567.8'],
    ["1'234.5", '1234.5'],
    ['1,234,567.8', '1234567.8'],
    ['1.234.567,8', '1234567.8'],
    ['1.234,5', '1234.5'],
    ['1,5', '1.5'],
    ['(2 500)', '-2500'],
    ['−5', '-5'],
    ['- 5', '-5'],
    ['+7', '7'],
    ['12,30 €', '12.3'],
    ['0', '0'],
    ['-0', '0'],
    [',5', '0.5'],
    ['007', '7'],
  ])('%s', (text, expected) => expect(value('eur', text)).toBe(expected))

  it('rounds half away from zero to the scale of the unit', () => {
    expect(value('eur', '1,005')).toBe('1.01')
    expect(value('eur', '-1,005')).toBe('-1.01')
    expect(value('nb', '2,5')).toBe('3')
    expect(value('nb', '2,49')).toBe('2')
    expect(value('keur', '1,2345')).toBe('1.235')
  })

  it('keeps every digit of a large number', () => {
    expect(value('eur', '9 999 999 999 999,99')).toBe('9999999999999.99')
  })

  test.each(['abc', '1 2', '12 34', '1,2,3', '1.23.456', '--5', '()', ',', '1e5'])('refuses %s', (text) => {
    expect(value('eur', text)).toContain('n’est pas un nombre')
  })

  it('refuses what no account can hold', () => {
    expect(value('eur', '10000000000000,01')).toContain('dix mille milliards')
    expect(value('eur', '10000000000000')).toBe('10000000000000')
  })
})

describe('other values', () => {
  it('takes dates as written in France, or as machines write them', () => {
    expect(value('date', '3/1/2024')).toBe('2024-01-03')
    expect(value('date', '31.12.2024')).toBe('2024-12-31')
    expect(value('date', '2024-12-31')).toBe('2024-12-31')
    expect(value('date', '31/02/2024')).toContain('n’est pas une date')
    expect(value('date', 'hier')).toContain('31/12/2024')
  })

  it('finds a value of a list whatever its capitals, and names the list otherwise', () => {
    expect(value('liste:dpe', 'sans DIAGNOSTIC', ['A', 'sans diagnostic'])).toBe('sans diagnostic')
    expect(value('liste:dpe', 'Z', ['A', 'B'])).toContain('A\u202f; B')
  })

  it('puts a text on one line, and blank is nothing', () => {
    expect(value('texte', '  deux\n mots ')).toBe('deux mots')
    expect(value('texte', '   ')).toBeNull()
    expect(value('eur', '')).toBeNull()
  })
})

describe('values are shown as French readers expect', () => {
  test.each([
    ['1234567.5', 'eur', '1\u202f234\u202f567,50'],
    ['-1234', 'nb', '-1\u202f234'],
    ['0', 'eur', '0,00'],
    ['2024', 'annee', '2024'],
    ['1.123456', 'eur', '1,123456'],
    ['2024-03-12', 'date', '12/03/2024'],
    ['Cergy', 'texte', 'Cergy'],
    [null, 'eur', ''],
  ])('%s (%s)', (canonical, unit, shown) => expect(formatValue(canonical, unit)).toBe(shown))

  it('offers to the editor a text that reads back as the same value', () => {
    for (const canonical of ['1234567.5', '-0.01', '42']) {
      expect(value('eur', editableText(canonical, 'eur'))).toBe(canonical)
    }
  })
})
