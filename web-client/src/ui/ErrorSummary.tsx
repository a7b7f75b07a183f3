import { useEffect, useRef } from 'react'
import { plural } from '../text/numbers'
import { Alert } from './Alert'

interface Props {
  /** The name of each wrong field, what it is called, and what to do. */
  readonly errors: readonly { readonly name: string; readonly label: string; readonly message: string }[]
}

/** What is wrong in a form, each a way to its field. It takes the focus when it appears. */
export function ErrorSummary({ errors }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} className="error-summary">
      <Alert tone="bad" title={`${plural(errors.length, 'champ')} à corriger`}>
        <ul>
          {errors.map(({ name, label, message }) => (
            <li key={name}>
              <a href={`#${name}`} onClick={(event) => (event.preventDefault(), focusField(event.currentTarget, name))}>
                {label}
              </a>
              &nbsp;: {message}
            </li>
          ))}
        </ul>
      </Alert>
    </div>
  )
}

function focusField(from: Element, name: string): void {
  const scope = from.closest('form') ?? document
  scope.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
}
