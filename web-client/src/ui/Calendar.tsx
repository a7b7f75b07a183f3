import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { WEEK, addDays, addMonths, isDay, sayDay, sayMonth, weekOf, weeksOf } from '../text/calendar'
import { IconButton } from './Button'

interface Props {
  /** What it is the calendar of. */
  readonly label: string
  /** The day chosen, or nothing. */
  readonly value: string
  readonly today: string
  readonly onChoose: (day: string) => void
  readonly onClose: () => void
}

/** A month to choose a day from, by the mouse or by the keys of the ARIA practices (« date picker dialog »). */
export default function Calendar({ label, value, today, onChoose, onClose }: Props) {
  const heading = useId()
  const [at, setAt] = useState(value || today)
  const grid = useRef<HTMLTableElement>(null)
  // The arrows carry the focus along; the buttons of the months keep it.
  const [carried, setCarried] = useState(true)
  useEffect(() => {
    if (carried) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [at, carried])
  const go = (day: string, isCarried: boolean) => {
    if (!isDay(day)) return
    setCarried(isCarried)
    setAt(day)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(event, at)
    if (!next) return
    event.preventDefault()
    go(next, true)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is caught wherever the focus is in it
    <div
      className="calendar"
      role="dialog"
      aria-label={`Calendrier – ${label}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="calendar-head">
        <IconButton icon="chevronLeft" label="Mois précédent" onClick={() => go(addMonths(at, -1), false)} />
        <strong id={heading} aria-live="polite">
          {sayMonth(at)}
        </strong>
        <IconButton icon="chevronRight" label="Mois suivant" onClick={() => go(addMonths(at, 1), false)} />
      </div>
      <table ref={grid} role="grid" aria-labelledby={heading} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {WEEK.map(([short, long]) => (
              <th key={long} scope="col" abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(at).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, place) => (
                <td key={WEEK[place]?.[1]} aria-selected={day ? day === value : undefined}>
                  {day && (
                    <button
                      type="button"
                      tabIndex={day === at ? 0 : -1}
                      aria-label={sayDay(day)}
                      aria-current={day === today ? 'date' : undefined}
                      onClick={() => onChoose(day)}
                    >
                      {Number(day.slice(8))}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function moved({ key, shiftKey }: KeyboardEvent, at: string): string | undefined {
  const moves: Readonly<Record<string, () => string>> = {
    ArrowLeft: () => addDays(at, -1),
    ArrowRight: () => addDays(at, 1),
    ArrowUp: () => addDays(at, -7),
    ArrowDown: () => addDays(at, 7),
    Home: () => weekOf(at)[0],
    End: () => weekOf(at)[1],
    PageUp: () => addMonths(at, shiftKey ? -12 : -1),
    PageDown: () => addMonths(at, shiftKey ? 12 : 1),
  }
  return moves[key]?.()
}
