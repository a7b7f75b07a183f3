const MONTHS = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const WHOLE = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'UTC' })
const DAYS_OF_WEEK = 7

/** The days of the week, from Monday: what a column says, and what it is called. */
export const WEEK: readonly (readonly [string, string])[] = [
  ['lu', 'lundi'],
  ['ma', 'mardi'],
  ['me', 'mercredi'],
  ['je', 'jeudi'],
  ['ve', 'vendredi'],
  ['sa', 'samedi'],
  ['di', 'dimanche'],
]

/** `2026-03-12` for `12/03/2026`, and for `12.3.26` or `12032026` as people type it; undefined for no day. */
export function parseDay(text: string): string | undefined {
  const trimmed = text.trim()
  const [, day, month, year] =
    /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(trimmed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(trimmed) ?? []
  if (!day || !month || !year) return undefined
  const iso = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(iso) ? iso : undefined
}

/** Whether `2026-03-12` is a day of the calendar, of a year that has dossiers or may have. */
export function isDay(iso: string): boolean {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(iso)) return false
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && isoOf(date) === iso
}

/** `12/03/2026`, nothing for nothing. */
export function writeDay(iso: string): string {
  return isDay(iso) ? iso.split('-').toReversed().join('/') : ''
}

/** `jeudi 12 mars 2026`. */
export function sayDay(iso: string): string {
  return WHOLE.format(dateOf(iso))
}

/** `mars 2026`. */
export function sayMonth(iso: string): string {
  return MONTHS.format(dateOf(iso))
}

export function addDays(iso: string, count: number): string {
  const date = dateOf(iso)
  date.setUTCDate(date.getUTCDate() + count)
  return isoOf(date)
}

/** The same day of another month; its last day where it has no such day. */
export function addMonths(iso: string, count: number): string {
  const date = dateOf(iso)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + count)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return isoOf(date)
}

/** The first and the last day of the week of a day, from Monday. */
export function weekOf(iso: string): readonly [string, string] {
  const monday = addDays(iso, -((dateOf(iso).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK))
  return [monday, addDays(monday, DAYS_OF_WEEK - 1)]
}

/** The weeks of the month of a day, each of seven days; undefined for what is of another month. */
export function weeksOf(iso: string): readonly (readonly (string | undefined)[])[] {
  const month = iso.slice(0, 7)
  const [first] = weekOf(`${month}-01`)
  const weeks: (string | undefined)[][] = []
  for (let monday = first; monday.slice(0, 7) <= month; monday = addDays(monday, DAYS_OF_WEEK)) {
    const days = Array.from({ length: DAYS_OF_WEEK }, (_, place) => addDays(monday, place))
    weeks.push(days.map((day) => (day.startsWith(month) ? day : undefined)))
  }
  return weeks
}

function dateOf(iso: string): Date {
  return new Date(`${iso}T00:00:00Z`)
}

function isoOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
