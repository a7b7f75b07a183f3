import { useId } from 'react'

interface Props {
  readonly label: string
  readonly done: number
  readonly total: number
  readonly unit?: string
}

/** How far a job is; with nothing to count yet, the bar only moves. */
export function Progress({ label, done, total, unit }: Props) {
  const id = useId()
  const isCounted = total > 0
  return (
    <div className="progress">
      <span id={id} className="progress-label">
        <span>{label}</span>
        {isCounted && (
          <span className="numeric muted">
            {done} / {total}
            {unit && <>&nbsp;{unit}</>}
          </span>
        )}
      </span>
      <progress aria-labelledby={id} {...(isCounted ? { value: done, max: total } : {})} />
    </div>
  )
}

/** Something is being fetched; said once to those who cannot see it turn. */
export function Loading({ label }: { label: string }) {
  return (
    <output className="loading">
      <span className="spinner" aria-hidden="true" /> {label}
    </output>
  )
}
