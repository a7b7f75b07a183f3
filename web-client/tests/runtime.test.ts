import { describe, expect, it } from 'vitest'
import * as runtime from '../src/formula/runtime'

const { decimal, micro, ratio, product, rounded, toDecimals } = runtime

describe('numbers', () => {
  it.each(['0', '1', '-1', '0.5', '-0.000001', '1234.56', '-10000000000000.999999', '0.1'])(
    'stand as integers of 10⁻⁶ and come back as they were: %s',
    (text) => expect(decimal(micro(text))).toBe(text),
  )

  it('lose idle zeros only', () => {
    expect(micro('1.50')).toBe(1_500_000n)
    expect(decimal(1_500_000n)).toBe('1.5')
    expect(decimal(-10_000_000n)).toBe('-10')
  })

  it('that are none are not taken for zero', () => expect(() => micro('abc')).toThrow(SyntaxError))

  it('are rounded half away from zero', () => {
    expect([5n, 4n, -5n, -4n, 15n].map((value) => rounded(value, 10n))).toEqual([10n, 0n, -10n, 0n, 20n])
    expect(product(1n, 500_000n)).toBe(1n)
    expect(product(-1n, 500_000n)).toBe(-1n)
    expect([ratio(2_000_000n, 3_000_000n), ratio(2_000_000n, -3_000_000n)]).toEqual([666_667n, -666_667n])
    expect(toDecimals(micro('2.345'), micro('2'))).toBe(micro('2.35'))
    expect(toDecimals(micro('1250'), micro('-2'))).toBe(micro('1300'))
    expect(toDecimals(micro('15'), micro('-0.5'))).toBe(micro('20'))
  })

  it('divided by zero, or by nothing, give nothing', () => {
    expect([ratio(1n, 0n), ratio(1n, null), ratio(null, 1n), product(null, 1n)]).toEqual([null, null, null, null])
  })
})

describe('blanks and texts', () => {
  it('a blank is zero beside a number, and a blank among blanks', () => {
    expect([runtime.largest(null, -1n), runtime.largest(null, null)]).toEqual([0n, null])
    expect([runtime.smallest(null, 1n), runtime.smallest(null)]).toEqual([0n, null])
    expect([runtime.negated(null), runtime.negated(1n)]).toEqual([null, -1n])
    expect([runtime.numberOf('12'), runtime.numberOf(null), runtime.numberOf(2n)]).toEqual([0n, null, 2n])
  })

  it('a blank equals the empty text only', () => {
    expect([runtime.same(null, ''), runtime.same(null, 0n), runtime.same('a', 'a')]).toEqual([true, false, true])
  })

  it('a variation is a percentage without sign', () => {
    expect(runtime.variation(micro('80'), micro('-100'))).toBe(micro('180'))
    expect(runtime.variation(micro('80'), 0n)).toBeNull()
  })

  it('a SIREN ends in its key', () => {
    expect(['732829320', '732829321', '', '٣'].map(runtime.luhn)).toEqual([1_000_000n, 0n, 0n, 0n])
  })
})

describe('dates and account numbers', () => {
  const { days, earlier, iban, months, notLater, year } = runtime
  const one = micro('1')

  it('are compared as days of the calendar; what is none is before and after nothing', () => {
    const pairs = [
      ['2024-02-29', '2024-03-01'],
      ['2024-02-29', '2024-02-29'],
      ['2024-02-30', '2024-03-01'],
      [null, '2024-03-01'],
      ['2024-03-01', '01/04/2024'],
    ] as const
    expect(pairs.map(([first, second]) => [earlier(first, second), notLater(first, second)])).toEqual([
      [true, true],
      [false, true],
      [false, false],
      [false, false],
      [false, false],
    ])
  })

  it('are counted in days, whole months and years, from the first to the last', () => {
    expect(days('2024-02-28', '2024-03-01')).toBe(2n * one)
    expect(days('2024-03-01', '2024-02-28')).toBe(-2n * one)
    expect(days('0001-01-01', '9999-12-31')).toBe(3_652_058n * one)
    expect([months('2024-01-31', '2024-02-29'), months('2024-01-31', '2025-01-31')]).toEqual([0n, 12n * one])
    expect([months('2024-03-15', '2024-01-16'), months('2024-03-15', '')]).toEqual([-1n * one, null])
    expect([year('0099-12-31'), year('0000-12-31'), year('2023-02-29')]).toEqual([99n * one, null, null])
  })

  it('an account number has the length of its country and the right key', () => {
    const numbers = [
      'FR76 3000 6000 0112 3456 7890 189',
      'FR7630006000011234567890188',
      'DE89370400440532013000',
      'FR76',
    ]
    expect(numbers.map(iban)).toEqual([one, 0n, one, 0n])
    expect([iban(null), iban(3n)]).toEqual([0n, 0n])
  })

  it('SIVIDE, ABS and DANS look at the blank itself', () => {
    expect([runtime.either(null, 2n), runtime.either(0n, 2n), runtime.either('', 'a')]).toEqual([2n, 0n, ''])
    expect([runtime.magnitude(-2n), runtime.magnitude(null)]).toEqual([2n, null])
    expect([runtime.among(2n, 1n, 2n), runtime.among(null, null), runtime.among('a', 'b')]).toEqual([
      true,
      false,
      false,
    ])
  })
})
