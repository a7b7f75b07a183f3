import type { PackAspect, PackFindingFieldsFragment, PackReviewQuery } from '../gen/graphql'

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
  COLUMN: 'Colonnes',
  LINE: 'Lignes',
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

type Finding = PackFindingFieldsFragment

export interface FindingGroup {
  readonly finding: Finding
  /** How many more of the same at the same place: one formula is a fault of each cell that it makes. */
  readonly more: number
}

/** The findings by place, the faults first. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const place = [finding.severity, finding.code, finding.file, finding.line, finding.column].join(' ')
    groups.set(place, [...(groups.get(place) ?? []), finding])
  }
  return [...groups.values()]
    .flatMap(([finding, ...others]) => (finding ? [{ finding, more: others.length }] : []))
    .toSorted((one, other) => Number(one.finding.severity === 'ADVICE') - Number(other.finding.severity === 'ADVICE'))
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
