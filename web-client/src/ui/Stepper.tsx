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

/**
 * The life cycle: passed steps in blue with a tick, the current one in yellow, those to come in white. It is one
 * button, whose name says where the dossier is.
 */
export function Stepper({ steps, current, onOpen }: Props) {
  const here = steps.find(({ number }) => number === current)
  return (
    <button type="button" className="stepper" title="Historique du dossier" onClick={onOpen}>
      <span className="visually-hidden">
        Historique du dossier, étape {current}&nbsp;: {here?.label} en cours
      </span>
      {steps.map(({ number, label }) => {
        const state = number < current ? 'passed' : number === current ? 'current' : 'ahead'
        return (
          <span key={number} className={`step step-${state}`} aria-hidden="true">
            <span className="step-disc">
              {number}
              {state === 'passed' && (
                <span className="step-tick">
                  <Icon name="check" size={10} />
                </span>
              )}
            </span>
            <span className="step-label">{label}</span>
            {state === 'current' && <span className="step-here">en cours</span>}
          </span>
        )
      })}
      <Icon name="clock" size={16} />
    </button>
  )
}
