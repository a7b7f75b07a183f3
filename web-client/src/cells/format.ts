import { groupDigits } from '../text/numbers'
import { decimalsOf } from './units'

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** A canonical value as French readers expect it: `1 234,56`, `12/03/2026`; blank is empty. */
export function formatValue(value: string | null, unit: string): string {
  if (!value) return ''
  const decimals = decimalsOf(unit)
  // A year is a number that nobody groups: 2024.
  if (unit === 'annee') return value
  if (decimals !== undefined) return formatNumber(value, decimals)
  return unit === 'date' ? value.replace(ISO_DATE, '$3/$2/$1') : value
}

/** What the editor shows for a value: as displayed, but without the spaces that hinder typing. */
export function editableText(value: string | null, unit: string): string {
  if (!value) return ''
  if (decimalsOf(unit) === undefined) return formatValue(value, unit)
  return value.replace('.', ',')
}

function formatNumber(value: string, decimals: number): string {
  const [whole = '', rest = ''] = value.replace('-', '').split('.')
  const shown = rest.padEnd(decimals, '0')
  const sign = value.startsWith('-') ? '-' : ''
  return shown ? `${sign}${groupDigits(whole)},${shown}` : `${sign}${groupDigits(whole)}`
}
