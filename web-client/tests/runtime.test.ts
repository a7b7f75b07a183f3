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
