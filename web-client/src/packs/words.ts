import type { PackAspect, PackReviewQuery } from '../gen/graphql'

export type Change = PackReviewQuery['packDraft']['difference'][number]

/** What a change is about, in the plural, in the order in which an operator reads it. */
const ASPECTS: Readonly<Record<PackAspect, string>> = {
  FORM: 'Formulaire',
  CELL: 'Cellules',
  TYPE: 'Genre et unité des cellules',
  FORMULA: 'Formules',
  CHECK: 'Contrôles',
  CHECK_LABEL: 'Énoncés des contrôles',
  TAB: 'Onglets',
  COLUMN: 'Libellés des colonnes',
  LINE: 'Libellés des lignes',
  CONDITION: 'Conditions',
  ORGANISMS: 'Types d’organisme',
  COMMON: 'Tronc commun',
  PART: 'Parties',
  GROUP: 'Groupes',
  LIST: 'Listes',
  PARAMETER: 'Paramètres',
  SETTING: 'Réglages',
  SELECTION: 'Sélections d’onglets',
  ATTACHMENT: 'Pièces à joindre',
  CYCLE: 'Cycle',
  FUNCTION: 'Fonctions',
  HELP: 'Aides',
  YEARS: 'Passage de l’année précédente',
}

export interface ChangeGroup {
  readonly title: string
  readonly changes: readonly Change[]
}

/** The changes by what they are about; a group for each that has some. */
export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  return (Object.entries(ASPECTS) as [PackAspect, string][])
    .map(([aspect, title]) => ({ title, changes: changes.filter((change) => change.aspect === aspect) }))
    .filter((group) => group.changes.length > 0)
}

/** `ER 2024, révision 2` for `ER/2024/2`. */
export function revisionName(key: string): string {
  const [form, year, revision] = key.split('/')
  return `${form} ${year}, révision ${revision}`
}

/** The number of the revision in `ER/2024/1`; null for none. */
export function revisionNumber(key: string | null | undefined): number | null {
  return key ? Number(key.split('/')[2]) : null
}
