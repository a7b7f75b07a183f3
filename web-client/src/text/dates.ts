const zone = 'Europe/Paris'
const day = new Intl.DateTimeFormat('fr-FR', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: zone })
const hour = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit', timeZone: zone })
const field = new Intl.DateTimeFormat('sv', { timeZone: zone })
const whole = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: zone })

/** `12/03/2026`, or a dash for nothing. */
export function formatDay(at: string | null | undefined): string {
  return at ? day.format(new Date(at)) : '–'
}

/** `12/03/2026 à 14:05`. */
export function formatMoment(at: string): string {
  const date = new Date(at)
  return `${day.format(date)} à ${hour.format(date)}`
}

/** The day that it is in Paris, the server's, as a date field writes it. */
export function today(): string {
  return field.format(new Date())
}

/** `samedi 21 novembre 2026`. */
export function formatWholeDay(at: Date): string {
  return whole.format(at)
}
