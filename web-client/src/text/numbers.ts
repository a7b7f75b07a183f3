const GROUP = '\u202f'
const UNITS = ['octets', 'Ko', 'Mo', 'Go'] as const

/** Groups the digits of a whole number by three: `1 234`. */
export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, GROUP)
}

export function formatCount(count: number): string {
  return groupDigits(String(count))
}

/** `3 anomalies`, `1 anomalie`, `0 anomalie`: French counts one as singular, and zero too. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${formatCount(count)}\u00a0${count < 2 ? singular : many}`
}

/** `1,4 Mo`. */
export function formatSize(bytes: number): string {
  let rest = bytes
  let unit = 0
  while (rest >= 1000 && unit < UNITS.length - 1) {
    rest /= 1000
    unit += 1
  }
  const shown = unit === 0 || rest >= 100 ? String(Math.round(rest)) : rest.toFixed(1).replace('.', ',')
  return `${shown}\u00a0${UNITS[unit]}`
}
