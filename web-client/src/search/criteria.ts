import type { DossierCriteria, Step } from '../gen/graphql'

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

/** What is searched, as the page's address holds it, so that Back and a bookmark find it again. */
export interface SearchPlace {
  readonly text: string
  readonly form: string
  readonly year: string
  readonly step: string
}

export function readPlace(params: URLSearchParams): SearchPlace {
  const read = (name: string) => params.get(name) ?? ''
  return { text: read('q'), form: read('formulaire'), year: read('annee'), step: read('etape') }
}

export function writePlace({ text, form, year, step }: SearchPlace): URLSearchParams {
  const named = { q: text, formulaire: form, annee: year, etape: step }
  return new URLSearchParams(Object.entries(named).filter(([, value]) => value))
}

export function criteriaOf({ text, form, year, step }: SearchPlace): DossierCriteria {
  const found = STEPS[Number(step)]?.step
  return {
    search: text.trim() || null,
    form: form || null,
    year: Number(year) || null,
    steps: step && found ? [found] : null,
  }
}
