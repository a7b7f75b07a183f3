import type { DossierData } from '../dossier/useDossier'
import type { Step } from '../gen/graphql'
import { stepNumber } from '../search/criteria'
import { Icon } from '../ui/Icon'

/** From which step to which, as its form calls them. */
export function StepChange({ dossier: { step: from, steps }, to }: { dossier: DossierData; to: Step }) {
  const named = (step: Step) => `${stepNumber(step)} – ${steps.find((one) => one.step === step)?.label}`
  return (
    <p className="step-change">
      <span>{named(from)}</span>
      <Icon name="arrowRight" />
      <span className="visually-hidden">vers</span>
      <strong>{named(to)}</strong>
    </p>
  )
}
