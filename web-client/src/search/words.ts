import type { Category, LabelTone } from '../gen/graphql'
import type { Viewer } from '../session/session'
import type { Choice } from '../ui/MultiChoice'
import { STEPS } from './criteria'

const OLDEST_YEAR = 2019
const FORMS = ['ER', 'QDIS']

export const CATEGORIES: Readonly<Record<Category, string>> = {
  OPH: 'Office public de l’habitat',
  SA: 'SA d’HLM',
  COOP: 'Coopérative d’HLM',
  SEM: 'SEM agréée',
  MOI: 'Maîtrise d’ouvrage d’insertion',
  SAC: 'Société de coordination',
}

export const CATEGORY_CHOICES: readonly Choice[] = Object.entries(CATEGORIES).map(([value, label]) => ({
  value,
  label,
}))
export const STEP_CHOICES: readonly Choice[] = STEPS.map(({ label }, number) => ({
  value: String(number),
  label: `${number} – ${label}`,
}))

export const TONES: Readonly<Record<LabelTone, string>> = {
  BLUE: 'Bleu',
  GREEN: 'Vert',
  AMBER: 'Ambre',
  RED: 'Rouge',
  VIOLET: 'Violet',
  GREY: 'Gris',
}

/** Whatever there is to read, and what is asked for even where there is none of it. */
export function formChoices(known: readonly string[] | undefined, asked: readonly string[]): readonly Choice[] {
  return choices([...(known ?? FORMS), ...asked].toSorted())
}

/** The latest year first. */
export function yearChoices(known: readonly number[] | undefined, asked: readonly string[]): readonly Choice[] {
  const years = known ?? Array.from({ length: new Date().getFullYear() - OLDEST_YEAR + 1 }, (_, at) => OLDEST_YEAR + at)
  return choices([...years.map(String), ...asked].toSorted().toReversed())
}

function choices(values: readonly string[]): readonly Choice[] {
  return [...new Set(values)].map((value) => ({ value, label: value }))
}

/** Whose platform the viewer is at: the manual shows what differs to each (§6.2, §6.4). */
export interface Platform {
  readonly ofMinistry: boolean
  readonly ofFederation: boolean
}

export function platformOf(viewer: Viewer | null | undefined): Platform {
  const key = viewer?.organization.key ?? ''
  const isOperator = viewer?.kind === 'OPERATOR'
  return { ofMinistry: isOperator && key === 'operator:MIN', ofFederation: isOperator && key !== 'operator:MIN' }
}
