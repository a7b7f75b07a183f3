import { Suspense, lazy, useEffect, useId, useRef, useState } from 'react'
import { parseDay, writeDay } from '../text/calendar'
import { today } from '../text/dates'
import { IconButton } from './Button'
import { FieldError } from './Field'
import './dates.css'

const Calendar = lazy(() => import('./Calendar'))

interface Props {
  readonly label: string
  readonly name: string
  /** `2026-03-12`, or what was typed where it is no day. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string
  readonly disabled?: boolean
}

/** A day, typed as `jj/mm/aaaa` or chosen in a calendar (manual §6.2). */
export function DateField({ label, name, value, onChange, error, disabled = false }: Props) {
  const id = useId()
  const [text, setText] = useState(() => writeDay(value) || value)
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(
    () => setText((typed) => ((parseDay(typed) ?? typed) === value ? typed : writeDay(value) || value)),
    [value],
  )
  const type = (typed: string) => {
    setText(typed)
    onChange(parseDay(typed) ?? typed)
  }
  const close = () => {
    setOpen(false)
    box.current?.querySelector<HTMLElement>('.control-action')?.focus()
  }
  return (
    <div
      ref={box}
      className={`field date-field ${error ? 'field-wrong' : ''}`}
      onBlur={({ currentTarget, relatedTarget }) => {
        // A click beside it closes it; one on its bare ground, which takes no focus, does not.
        if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpen(false)
      }}
    >
      <label htmlFor={id}>{label}</label>
      <div className="control-box">
        <input
          id={id}
          name={name}
          className="control control-with-action"
          placeholder="jj/mm/aaaa"
          inputMode="numeric"
          autoComplete="off"
          disabled={disabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          value={text}
          onChange={({ target }) => type(target.value)}
          onBlur={() => setText(writeDay(value) || value)}
        />
        <IconButton
          className="control-action"
          icon="calendar"
          label={`Calendrier – ${label}`}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          disabled={disabled}
          onClick={() => setOpen(!isOpen)}
        />
      </div>
      {isOpen && (
        <Suspense fallback={null}>
          <Calendar
            label={label}
            value={parseDay(text) ?? ''}
            today={today()}
            onChoose={(day) => {
              onChange(day)
              close()
            }}
            onClose={close}
          />
        </Suspense>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}
