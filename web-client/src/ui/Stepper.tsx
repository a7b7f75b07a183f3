import { Icon } from './Icon'

export interface StepItem {
  readonly number: number
  readonly label: string
}

interface Props {
  readonly steps: readonly StepItem[]
  readonly current: number
  /** Tells what happened on the way (manual §2.1.3: the drawing is clickable). */
  readonly onOpen: () => void
}

/** The life cycle: passed steps in blue with a tick, the current one in yellow, those to come in white. */
export function Stepper({ steps, current, onOpen }: Props) {
  return (
    <ol className="stepper" aria-label="Cycle de vie du dossier">
      {steps.map(({ number, label }) => {
        const state = number < current ? 'passed' : number === current ? 'current' : 'ahead'
        return (
          <li key={number} className={`step step-${state}`} aria-current={state === 'current' ? 'step' : undefined}>
            <button type="button" className="step-button" title="Historique du dossier" onClick={onOpen}>
              <span className="step-disc">
                {number}
                {state === 'passed' && (
                  <span className="step-tick">
                    <Icon name="check" size={10} />
                  </span>
                )}
              </span>
              <span className="step-label">
                {label}
                <span className="visually-hidden">{SAID[state]}</span>
              </span>
              {state === 'current' && <span className="step-here">en cours</span>}
            </button>
          </li>
        )
      })}
    </ol>
  )
}

const SAID = { passed: ' – étape passée', current: '', ahead: ' – étape à venir' } as const
