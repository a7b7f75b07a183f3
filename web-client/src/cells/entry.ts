import { decimalsOf } from './units'

export type Entry =
  { readonly ok: true; readonly value: string | null } | { readonly ok: false; readonly message: string }

const GAPS = /[ \u00a0\u202f\u2009'’]/g
// A cell copied from a spreadsheet may carry its unit.
const UNIT_SIGN = /[ \u00a0\u202f]*[€%]$/
const WHOLE = /^(?:\d*|\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+)$/
const GROUPED = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/
const FRENCH_DATE = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const LIMIT = 10n ** 13n
const MAX_LENGTH = 60

/**
 * What was typed, as the server will store it: the same reading as the form's own (canonical
 * decimal text, ISO dates), so that a mistake shows before it is sent. Blank is null.
 */
export function readEntry(unit: string, text: string, choices?: readonly string[]): Entry {
  const trimmed = text.trim()
  if (!trimmed) return { ok: true, value: null }
  const decimals = decimalsOf(unit)
  if (decimals !== undefined) return readNumber(trimmed, decimals)
  const composed = trimmed.normalize('NFC').replace(/\s+/g, ' ')
  if (choices) return readChoice(composed, choices)
  return unit === 'date' ? readDate(composed) : { ok: true, value: composed }
}

function readNumber(text: string, decimals: number): Entry {
  const [negative, digits] = unsigned(text.replace(UNIT_SIGN, ''))
  const split = splitDecimals(digits)
  const readable = split && text.length <= MAX_LENGTH && WHOLE.test(split[0]) && /^\d*$/.test(split[1])
  if (!readable || !(split[0] || split[1])) {
    return refuse(`«\u00a0${text}\u00a0» n’est pas un nombre\u00a0: écrivez par exemple 1\u202f234,56.`)
  }
  const value = rounded(split[0].replace(GAPS, ''), split[1], decimals)
  if (value > LIMIT * 10n ** BigInt(decimals)) {
    return refuse(`«\u00a0${text}\u00a0» dépasse dix mille milliards\u00a0: vérifiez le nombre de chiffres.`)
  }
  return { ok: true, value: canonical(negative ? -value : value, decimals) }
}

function unsigned(text: string): [negative: boolean, digits: string] {
  if (text.startsWith('(') && text.endsWith(')')) return [true, text.slice(1, -1).trim()]
  if (/^[-−–]/.test(text)) return [true, text.slice(1).trim()]
  return [false, text.replace(/^\+/, '').trim()]
}

/** Whole part and decimals. A lone comma or point is the decimal one; of two kinds, the last. */
function splitDecimals(digits: string): [whole: string, decimals: string] | undefined {
  const signs = digits.match(/[.,]/g) ?? []
  if (signs.length < 2) {
    const [whole = '', decimals = ''] = digits.split(/[.,]/)
    return [whole, decimals]
  }
  const [first, last] = [signs[0]!, signs[signs.length - 1]!]
  const at = first === last ? digits.length : digits.lastIndexOf(last)
  const whole = digits.slice(0, at)
  return GROUPED.test(whole) ? [whole.replaceAll(first, ''), digits.slice(at + 1)] : undefined
}

/** The number in units of its last decimal, rounded half away from zero. */
function rounded(whole: string, decimals: string, scale: number): bigint {
  const kept = BigInt(whole + decimals.slice(0, scale).padEnd(scale, '0'))
  return /^[5-9]/.test(decimals.slice(scale)) ? kept + 1n : kept
}

function canonical(value: bigint, scale: number): string {
  if (scale === 0) return String(value)
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '')
  return value < 0n ? `-${text}` : text
}

function readDate(text: string): Entry {
  const french = FRENCH_DATE.exec(text)
  const iso = ISO_DATE.exec(text)
  const parts = french ? [french[3], french[2], french[1]] : iso?.slice(1)
  const [year, month, day] = (parts ?? []).map(Number)
  const date = new Date(Date.UTC(year ?? Number.NaN, (month ?? 0) - 1, day))
  if (date.getUTCMonth() + 1 !== month || date.getUTCDate() !== day) {
    return refuse(`«\u00a0${text}\u00a0» n’est pas une date\u00a0: écrivez jour/mois/année, par exemple 31/12/2024.`)
  }
  return { ok: true, value: date.toISOString().slice(0, 10) }
}

function readChoice(text: string, choices: readonly string[]): Entry {
  const found = choices.find((choice) => choice.toLowerCase() === text.toLowerCase())
  if (found) return { ok: true, value: found }
  return refuse(`«\u00a0${text}\u00a0» n’est pas dans la liste\u00a0: choisissez parmi ${choices.join('\u202f; ')}.`)
}

function refuse(message: string): Entry {
  return { ok: false, message }
}
