import type { CampaignDossiersQuery, CampaignsQuery, Category, MassOutcome, Step } from '../gen/graphql'
import type { IconName } from '../ui/Icon'

export type Campaign = CampaignsQuery['campaigns'][number]
export type Line = CampaignDossiersQuery['campaignDossiers']['edges'][number]['node']

/** What every list of a campaign is asked by. */
export interface Place {
  readonly platform: string
  readonly form: string
  readonly year: number
}

export function placeOf({ platform, form, year }: Pick<Campaign, 'platform' | 'form' | 'year'>): Place {
  return { platform: platform.code, form, year }
}

export const FAMILIES: Readonly<Record<Category, string>> = {
  OPH: 'Offices publics',
  SA: 'SA d’HLM',
  COOP: 'Coopératives',
  SEM: 'SEM agréées',
  MOI: 'Maîtrise d’ouvrage d’insertion',
  SAC: 'Sociétés de coordination',
}

/** The steps that are left, by number, with what leaves them: none leaves the last one. */
export const LEFT: readonly (readonly [Step, string])[] = [
  ['TO_INITIALISE', '0 – À initialiser'],
  ['ENTRY', '1 – Saisie'],
  ['ENTRY_VALIDATION', '2 – Validation de la saisie'],
  ['HIERARCHICAL_VALIDATION', '3 – Validation hiérarchique et transmission'],
  ['REVIEW', '4 – Fiabilisation'],
  ['FINALISATION', '5 – Finalisation'],
]

/** The step whose day holds the dossier, where an exception changes something: at another it would not be seen. */
export function heldAt({ deadlines }: Campaign, { dossier, dueOn }: Line): Step {
  const from = LEFT.findIndex(([step]) => step === dossier.step)
  const ahead = LEFT.slice(Math.max(0, from)).map(([step]) => step)
  const ruled = ahead.filter((step) =>
    deadlines.some(
      ({ step: of, category }) => of === step && (category ?? dossier.organism.category) === dossier.organism.category,
    ),
  )
  const sameDay = ruled.find((step) => deadlines.some(({ step: of, dueOn: day }) => of === step && day === dueOn))
  return sameDay ?? ruled[0] ?? dossier.step
}

export const OUTCOMES: Readonly<
  Record<MassOutcome, { readonly label: string; readonly tone: 'info' | 'good' | 'bad'; readonly icon: IconName }>
> = {
  WAITING: { label: 'En attente', tone: 'info', icon: 'clock' },
  MOVED: { label: 'Passé', tone: 'good', icon: 'check' },
  REFUSED: { label: 'Refusé', tone: 'bad', icon: 'alert' },
}

export interface MassMoveChoice {
  readonly name: string
  readonly label: string
  readonly asksReason: boolean
}

/** The moves that leave the steps of the lines, each once; a transmission engages a person, and is never one. */
export function movesOf(lines: readonly Line[]): MassMoveChoice[] {
  const found = new Map<string, MassMoveChoice>()
  for (const { dossier } of lines) {
    for (const { name, label, target, asksReason } of dossier.moves) {
      const transmits = dossier.step === 'HIERARCHICAL_VALIDATION' && target === 'REVIEW'
      if (!transmits) found.set(name, { name, label, asksReason })
    }
  }
  return [...found.values()]
}
