/** A dossier that one may go to. */
export interface Other {
  readonly id: string
  readonly form: string
  readonly year: number
}

/** The forms of an organism's dossiers, by name. */
export function formsOf(found: readonly Other[]): string[] {
  return [...new Set(found.map(({ form }) => form))].toSorted()
}

/** The years of one of its forms, the latest first. */
export function yearsOf(found: readonly Other[], form: string): number[] {
  const years = found.filter((one) => one.form === form).map(({ year }) => year)
  return [...new Set(years)].toSorted((one, other) => other - one)
}

/** The dossier of a form and a year; of another year, the latest, where the form has none of that one. */
export function named(found: readonly Other[], form: string, year: number): Other | undefined {
  const years = yearsOf(found, form)
  const meant = years.includes(year) ? year : years[0]
  return found.find((one) => one.form === form && one.year === meant)
}
