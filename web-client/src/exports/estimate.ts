import { formatCount } from '../text/numbers'

/** Seconds for a tab, twice those measured on two cores: what else runs there is not known. */
const PER_TAB = { light: 0.035, accessible: 0.08 }
/** Between the click and the first sign of life. */
const START = 0.6

/** About how long a print takes, in seconds. */
export function printSeconds(tabs: number, isAccessible: boolean): number {
  return START + tabs * (isAccessible ? PER_TAB.accessible : PER_TAB.light)
}

/** What is left, from what was done since; undefined as long as nothing says it. */
export function secondsLeft(done: number, total: number, elapsed: number): number | undefined {
  return done > 0 && elapsed > 0 ? (elapsed / done) * (total - done) : undefined
}

/** `environ 2 secondes`, `environ 3 minutes`: rounded up, for nobody minds having waited less. */
export function aboutTime(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  if (seconds <= 50) return about(Math.max(1, Math.ceil(seconds)), 'seconde')
  return minutes <= 90 ? about(minutes, 'minute') : about(Math.ceil(minutes / 60), 'heure')
}

function about(count: number, unit: string): string {
  return `environ ${formatCount(count)}\u00a0${unit}${count < 2 ? '' : 's'}`
}
