/**
 * What generated formulas call: the same as forms/runtime.py, function by function. A value is an
 * integer of 10⁻⁶, a text, or null for blank.
 */
export type Value = bigint | string | null

export const MICRO = 1_000_000n
const MICRO_DIGITS = 6

/** Canonical decimal text → integer of 10⁻⁶. Throws a SyntaxError if it is none. */
export function micro(text: string): bigint {
  const point = text.indexOf('.')
  if (point < 0) return BigInt(text) * MICRO
  return BigInt(text.slice(0, point) + text.slice(point + 1).padEnd(MICRO_DIGITS, '0'))
}

/** Integer of 10⁻⁶ → canonical decimal text: no exponent, no idle zero. */
export function decimal(value: bigint): string {
  if (value % MICRO === 0n) return String(value / MICRO)
  const digits = String(value < 0n ? -value : value).padStart(MICRO_DIGITS + 1, '0')
  const text = `${digits.slice(0, -MICRO_DIGITS)}.${digits.slice(-MICRO_DIGITS)}`.replace(/0+$/, '')
  return value < 0n ? `-${text}` : text
}

/** Any value as canonical text, null for blank. */
export function canonicalText(value: Value): string | null {
  return typeof value === 'bigint' ? decimal(value) : value
}

/** The quotient, half away from zero; the denominator is positive. */
function quotient(numerator: bigint, denominator: bigint): bigint {
  const result = (2n * absolute(numerator) + denominator) / (2n * denominator)
  return numerator < 0n ? -result : result
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

export function rounded(value: bigint, step: bigint): bigint {
  return quotient(value, step) * step
}

const LARGEST = 10n ** 30n * MICRO

export function inRange(item: Value): Value {
  return typeof item === 'bigint' && (item > LARGEST || item < -LARGEST) ? null : item
}

export function product(left: bigint | null, right: bigint | null): bigint | null {
  return left === null || right === null ? null : quotient(left * right, MICRO)
}

export function ratio(left: bigint | null, right: bigint | null): bigint | null {
  if (left === null || !right) return null
  return right > 0n ? quotient(left * MICRO, right) : quotient(-left * MICRO, -right)
}

export function negated(item: bigint | null): bigint | null {
  return item === null ? null : -item
}

export function largest(...items: readonly (bigint | null)[]): bigint | null {
  return items.every((item) => item === null) ? null : pick(items, (one, other) => one > other)
}

export function smallest(...items: readonly (bigint | null)[]): bigint | null {
  return items.every((item) => item === null) ? null : pick(items, (one, other) => one < other)
}

function pick(items: readonly (bigint | null)[], wins: (one: bigint, other: bigint) => boolean): bigint {
  return items.map((item) => item ?? 0n).reduce((best, item) => (wins(item, best) ? item : best))
}

export function toDecimals(item: bigint | null, decimals: bigint | null): bigint | null {
  if (item === null) return null
  // Floored like Python's `//`: -0,5 decimal is -1.
  const given = decimals ?? 0n
  const whole = Number(given / MICRO) - (given % MICRO < 0n ? 1 : 0)
  const digits = Math.max(-MICRO_DIGITS, Math.min(MICRO_DIGITS, whole))
  return rounded(item, 10n ** BigInt(MICRO_DIGITS - digits))
}

export function variation(now: bigint | null, before: bigint | null): bigint | null {
  if (now === null || !before) return null
  return quotient(absolute(now - before) * 100n * MICRO, absolute(before))
}

export function luhn(item: Value): bigint {
  if (typeof item !== 'string' || !/^[0-9]+$/.test(item)) return 0n
  let total = 0
  for (let index = 0; index < item.length; index += 1) {
    const doubled = Number(item[item.length - 1 - index]) * (1 + (index % 2))
    total += doubled > 9 ? doubled - 9 : doubled
  }
  return total % 10 === 0 ? MICRO : 0n
}

export function same(left: Value, right: Value): boolean {
  return (left ?? '') === (right ?? '')
}

export function numberOf(item: Value): bigint | null {
  return typeof item === 'string' ? 0n : item
}

export function either(item: Value, other: Value): Value {
  return item ?? other
}

export function magnitude(item: bigint | null): bigint | null {
  return item === null ? null : absolute(item)
}

export function among(item: Value, ...members: readonly Value[]): boolean {
  return item !== null && members.includes(item)
}

export function earlier(left: Value, right: Value): boolean {
  const [first, second] = [readDate(left), readDate(right)]
  return first !== null && second !== null && first < second
}

export function notLater(left: Value, right: Value): boolean {
  const [first, second] = [readDate(left), readDate(right)]
  return first !== null && second !== null && first <= second
}

export function months(start: Value, end: Value): bigint | null {
  const [first, second] = [readDate(start), readDate(end)]
  if (first === null || second === null) return null
  return BigInt(second < first ? -wholeMonths(second, first) : wholeMonths(first, second)) * MICRO
}

export function days(start: Value, end: Value): bigint | null {
  const [first, second] = [readDate(start), readDate(end)]
  if (first === null || second === null) return null
  return BigInt(Math.round((second.getTime() - first.getTime()) / DAY)) * MICRO
}

export function year(item: Value): bigint | null {
  const found = readDate(item)
  return found && BigInt(found.getUTCFullYear()) * MICRO
}

export function iban(item: Value): bigint {
  if (typeof item !== 'string') return 0n
  const plain = item.replaceAll(' ', '')
  if (!IBAN.test(plain) || plain.length !== (IBAN_LENGTHS[plain.slice(0, 2)] ?? plain.length)) return 0n
  const digits = [...plain.slice(4), ...plain.slice(0, 4)].map((character) => Number.parseInt(character, 36))
  return BigInt(digits.join('')) % 97n === 1n ? MICRO : 0n
}

const DAY = 86_400_000
const ISO_DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/
const IBAN = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/
const IBAN_LENGTHS: Readonly<Record<string, number>> = { FR: 27, MC: 27 }

/** The day of the calendar that an ISO text names; null for any other text, number or blank. */
function readDate(item: Value): Date | null {
  const match = typeof item === 'string' ? ISO_DATE.exec(item) : null
  if (!match) return null
  const [named, month, day] = match.slice(1).map(Number) as [number, number, number]
  const date = new Date(0)
  // Not Date.UTC, which takes the years before 100 for those of the last century.
  date.setUTCFullYear(named, month - 1, day)
  return named > 0 && date.getUTCMonth() + 1 === month && date.getUTCDate() === day ? date : null
}

/** A month has gone by when its day comes again; the first day is not after the second. */
function wholeMonths(first: Date, second: Date): number {
  const turned = second.getUTCFullYear() * 12 + second.getUTCMonth() - first.getUTCFullYear() * 12 - first.getUTCMonth()
  return turned - (second.getUTCDate() < first.getUTCDate() ? 1 : 0)
}
