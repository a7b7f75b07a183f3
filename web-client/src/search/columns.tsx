import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { DossierSort } from '../gen/graphql'
import { formatDay } from '../text/dates'
import { groupDigits } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { LabelBadge } from './LabelBadge'
import { STEPS, stepNumber } from './criteria'
import type { Found } from './useSearch'
import { CATEGORIES, type Platform } from './words'

export interface Column {
  /** Its name for the server: in the kept view, and in the files of the list. */
  readonly key: string
  readonly label: string
  readonly sort?: DossierSort
  readonly numeric?: boolean
  readonly show: (found: Found) => ReactNode
}

/** All that a result can say, in the manual's order (§6.4); `name` is always there, for it names the row. */
export const COLUMNS: readonly Column[] = [
  { key: 'code', label: 'Code', sort: 'CODE', numeric: true, show: ({ organism }) => organism.code },
  { key: 'name', label: 'Organisme', sort: 'NAME', show: ({ organism }) => organism.name },
  {
    key: 'category',
    label: 'Type',
    sort: 'CATEGORY',
    show: ({ organism: { category } }) => (
      <Badge>
        <abbr title={CATEGORIES[category]}>{category}</abbr>
      </Badge>
    ),
  },
  { key: 'siren', label: 'SIREN', sort: 'SIREN', numeric: true, show: ({ organism }) => groupDigits(organism.siren) },
  {
    key: 'department',
    label: 'Département',
    sort: 'DEPARTMENT',
    numeric: true,
    show: ({ organism }) => organism.department,
  },
  { key: 'platform', label: 'Plateforme', show: ({ platform }) => platform.name },
  { key: 'form', label: 'Dossier', sort: 'FORM', show: (found) => <DossierLink found={found} /> },
  { key: 'year', label: 'Année', sort: 'YEAR', numeric: true, show: ({ year }) => year },
  {
    key: 'account_manager',
    label: 'Responsable d’affaire',
    sort: 'ACCOUNT_MANAGER',
    show: ({ accountManager }) => accountManager?.name ?? '–',
  },
  { key: 'step', label: 'Étape', sort: 'STEP', show: (found) => <StepName found={found} /> },
  {
    key: 'step_since',
    label: 'Depuis le',
    sort: 'STEP_SINCE',
    numeric: true,
    show: ({ stepSince }) => formatDay(stepSince),
  },
  {
    key: 'due_on',
    label: 'Dernier jour',
    numeric: true,
    show: ({ dueOn, late }) => (
      <>
        {formatDay(dueOn)} {late && <Badge tone="warn">en retard</Badge>}
      </>
    ),
  },
  { key: 'officer', label: 'Chargé de mission', sort: 'OFFICER', show: ({ officer }) => officer?.name ?? '–' },
  {
    key: 'er_transmitted',
    label: 'ER transmis le',
    sort: 'ER_TRANSMITTED',
    numeric: true,
    show: ({ erTransmittedAt }) => formatDay(erTransmittedAt),
  },
  {
    key: 'transmitted',
    label: 'Transmis le',
    sort: 'TRANSMITTED',
    numeric: true,
    show: ({ transmittedAt }) => formatDay(transmittedAt),
  },
  {
    key: 'labels',
    label: 'Étiquettes',
    show: ({ labels }) => (
      <span className="result-labels">
        {labels.map((label) => (
          <LabelBadge key={label.id} label={label} />
        ))}
      </span>
    ),
  },
]

/** The manual's columns, which each platform shows of its own (§6.4), before anyone chooses others. */
export function usualColumns({ ofFederation }: Pick<Platform, 'ofFederation'>): readonly string[] {
  const usual = ['code', 'name', 'siren', 'form', 'year', 'step', 'step_since', 'officer', 'labels']
  if (ofFederation) usual.push('account_manager', 'er_transmitted')
  else usual.push('category', 'transmitted')
  return ordered(usual)
}

/** What one may choose: the kind where there are several, the ER's transmission where the manual tells it. */
export function offeredColumns({ ofMinistry, ofFederation }: Platform): readonly Column[] {
  return COLUMNS.filter(
    ({ key }) =>
      !(ofMinistry && ['account_manager', 'er_transmitted'].includes(key)) && !(ofFederation && key === 'category'),
  )
}

/** Names of columns in the order of the list, known ones only, and never without the organism's. */
export function ordered(keys: readonly string[]): readonly string[] {
  return COLUMNS.map(({ key }) => key).filter((key) => key === 'name' || keys.includes(key))
}

function DossierLink({ found: { id, form, year, organism } }: { found: Found }) {
  return (
    <Link href={`/dossiers/${id}`} aria-label={`${form} ${year} de ${organism.name}`}>
      {form}
    </Link>
  )
}

function StepName({ found: { step, stepLabel } }: { found: Found }) {
  const number = stepNumber(step)
  return (
    <span className="result-step" title={stepLabel}>
      <span className="result-step-number">{number}</span> {STEPS[number]?.short ?? stepLabel}
    </span>
  )
}
