import type { Step } from '../gen/graphql'

/** The seven steps in order; a step's number is its place. */
export const STEPS: readonly { readonly step: Step; readonly label: string; readonly short?: string }[] = [
  { step: 'TO_INITIALISE', label: 'À initialiser' },
  { step: 'ENTRY', label: 'Saisie' },
  { step: 'ENTRY_VALIDATION', label: 'Validation de la saisie', short: 'Validation saisie' },
  { step: 'HIERARCHICAL_VALIDATION', label: 'Validation hiérarchique' },
  { step: 'REVIEW', label: 'Fiabilisation' },
  { step: 'FINALISATION', label: 'Finalisation' },
  { step: 'CLOSURE', label: 'Fermeture' },
]

export function stepNumber(step: Step): number {
  return STEPS.findIndex((known) => known.step === step)
}
