import { MICRO, decimal, micro } from '../formula/runtime'
import { formatValue } from './format'
import { isNumber } from './units'

/** Last year's value of a cell, and whether the server fills the cell with it while it is blank. */
export interface Previous {
  readonly value: string
  readonly acceptable: boolean
}

const HUNDREDTHS_OF_PERCENT = 10_000n

/** `+3,20 %`: by how much a number changed since last year; empty where there is nothing to compare. */
export function variation(previous: string, current: string | null, unit: string): string {
  if (current === null || !isNumber(unit)) return ''
  const [old, now] = [micro(previous), micro(current)]
  if (old === 0n) return ''
  const base = old < 0n ? -old : old
  const scaled = (now - old) * HUNDREDTHS_OF_PERCENT
  const rounded = ((scaled < 0n ? -scaled : scaled) * 2n + base) / (base * 2n)
  const percent = decimal(rounded * (MICRO / 100n))
  return `${signOf(rounded && scaled)}${formatValue(percent, 'pct')}\u00a0%`
}

/** `+12,00`: what a forced value adds to the computed one; empty where they are not two numbers. */
export function gapBetween(automatic: string | null, forced: string | null, unit: string): string {
  if (!isNumber(unit) || automatic === null || forced === null) return ''
  const gap = micro(forced) - micro(automatic)
  return `${gap > 0n ? '+' : ''}${formatValue(decimal(gap), unit)}`
}

function signOf(number: bigint): string {
  if (number === 0n) return ''
  return number > 0n ? '+' : '-'
}
