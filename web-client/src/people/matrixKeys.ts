import { STEPS } from '../search/criteria'

/** Where one is in the matrix: a row and a step; `HEAD` for the heads of rows and columns. */
export type Place = readonly [row: number, step: number]

export const HEAD = -1

export function placeName([row, step]: Place): string {
  return `${row} ${step}`
}

/** The place of an element of the matrix, from what it is or is in. */
export function placeOf(target: EventTarget): Place | undefined {
  const name = target instanceof Element && target.closest<HTMLElement>('[data-place]')?.dataset.place
  if (!name) return undefined
  const [row, step] = name.split(' ').map(Number)
  return [row!, step!]
}

interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The place that a key leads to; undefined for any other key. `first`: whether heads are stops. */
export function reach([row, step]: Place, event: Key, rows: number, first: number): Place | undefined {
  if (event.altKey) return undefined
  const [bottom, right] = [rows - 1, STEPS.length - 1]
  const isWhole = event.ctrlKey || event.metaKey
  const within = (at: number, last: number) => Math.min(Math.max(at, first), last)
  const to = (atRow: number, atStep: number): Place => {
    const place: Place = [within(atRow, bottom), within(atStep, right)]
    // The corner, where the two heads would meet, holds nothing.
    return place[0] === HEAD && place[1] === HEAD ? [row, step] : place
  }
  switch (event.key) {
    case 'ArrowUp':
      return to(row - 1, step)
    case 'ArrowDown':
      return to(row + 1, step)
    case 'ArrowLeft':
      return to(row, step - 1)
    case 'ArrowRight':
      return to(row, step + 1)
    case 'Home':
      return isWhole ? [0, 0] : [row, 0]
    case 'End':
      return isWhole ? [bottom, right] : [row, right]
    default:
      return undefined
  }
}
