import type { CircuitOutcome, VisaAnswer, VisaFieldsFragment, VisaNature, VisaState } from '../gen/graphql'

type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad'
export type Visa = VisaFieldsFragment

export const NATURES: Readonly<Record<VisaNature, string>> = {
  OPINION: 'Avis',
  VALIDATION: 'Validation',
  SIGNATURE: 'Signature',
}

export const STATES: Readonly<Record<VisaState, { readonly label: string; readonly tone: Tone }>> = {
  WAITING: { label: 'En attente du rang d’avant', tone: 'neutral' },
  OPEN: { label: 'Réponse attendue', tone: 'info' },
  SETTLED: { label: 'Donné', tone: 'good' },
  LATE: { label: 'Dépassé', tone: 'warn' },
  IDLE: { label: 'Sans objet', tone: 'neutral' },
}

export const OUTCOMES: Readonly<Record<CircuitOutcome, { readonly title: string; readonly tone: 'good' | 'bad' }>> = {
  APPROVED: { title: 'Circuit approuvé\u00a0: le dossier peut quitter l’étape.', tone: 'good' },
  REFUSED: { title: 'Circuit refusé\u00a0: le dossier ne quitte pas l’étape.', tone: 'bad' },
  RETURNED: { title: 'Dossier renvoyé\u00a0: il est à corriger, et un nouveau tour commencera.', tone: 'bad' },
}

/** What an answer is called, to choose it and once it is given; a signature is not a validation. */
export function answerLabel(answer: VisaAnswer, nature: VisaNature): string {
  switch (answer) {
    case 'FAVOURABLE':
      return 'Favorable'
    case 'UNFAVOURABLE':
      return 'Défavorable'
    case 'ABSTAINED':
      return 'Sans avis'
    case 'RETURNED':
      return 'Renvoyé'
    case 'REFUSED':
      return 'Refusé'
    default:
      return nature === 'SIGNATURE' ? 'Signé' : 'Validé'
  }
}

const REASONED: ReadonlySet<VisaAnswer> = new Set(['UNFAVOURABLE', 'RETURNED', 'REFUSED'])

/** Whether who answers so has to say why; `isOverruling`: an opinion that asks for it was unfavourable. */
export function asksReason(answer: VisaAnswer, isOverruling: boolean): boolean {
  return REASONED.has(answer) || (isOverruling && answer === 'APPROVED')
}

/** Whether an unfavourable opinion stands against which nobody decides without saying why. */
export function isOpposed(visas: readonly Visa[]): boolean {
  return visas.some(({ overruled, acts }) => overruled && acts.some(({ answer }) => answer === 'UNFAVOURABLE'))
}

/** The visas by rank, each rank with those that run side by side. */
export function byRank(visas: readonly Visa[]): readonly (readonly [number, readonly Visa[]])[] {
  const ranks = [...new Set(visas.map(({ rank }) => rank))].toSorted((one, other) => one - other)
  return ranks.map((rank) => [rank, visas.filter((visa) => visa.rank === rank)] as const)
}
