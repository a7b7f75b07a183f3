import { STEPS, stepNumber } from '../search/criteria'
import type { Step } from '../gen/graphql'
import { Icon } from '../ui/Icon'

/** From which step to which. */
export function StepChange({ from, to }: { from: Step; to: Step }) {
  return (
    <p className="step-change">
      <span>{named(from)}</span>
      <Icon name="arrowRight" />
      <span className="visually-hidden">vers</span>
      <strong>{named(to)}</strong>
    </p>
  )
}

function named(step: Step): string {
  const number = stepNumber(step)
  return `${number} – ${STEPS[number]?.label}`
}
