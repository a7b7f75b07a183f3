import type { DossierCriteria, MassExportFieldsFragment, MassExportItemState, MassExportKind } from '../gen/graphql'
import { plural } from '../text/numbers'
import type { IconName } from '../ui/Icon'

/** The server takes no more at once. */
export const MOST_DOSSIERS = 2000

/** The dossiers that an export is of: those named, or all of a list or of a search but some. */
export type MassTarget =
  | { readonly dossiers: readonly string[] }
  | { readonly workList: string; readonly without: readonly string[] }
  | { readonly criteria: DossierCriteria; readonly without: readonly string[] }

/** A dossier that is chosen, as far as its form is concerned. */
export interface Chosen {
  readonly id: string
  readonly form: string
  readonly year: number
}

interface KindWords {
  readonly label: string
  readonly detail: string
  /** What the file is called in a list. */
  readonly file: string
  /** Where those that failed are missing, and what tells which ones. */
  readonly lacking: string
  /** Whether tabs can be chosen, and whether pages are drawn; those of one PDF for all are never tagged. */
  readonly hasTabs: boolean
  readonly isPrinted: boolean
  readonly isTagged: boolean
}

const LACKING_IN_ARCHIVE = 'à l’archive\u00a0: son manifeste dit lesquels.'

export const KINDS: Readonly<Record<MassExportKind, KindWords>> = {
  PDF: {
    label: 'Un PDF par dossier',
    detail: 'Une archive, rangée par formulaire et par année.',
    file: 'PDF, un par dossier',
    lacking: LACKING_IN_ARCHIVE,
    hasTabs: true,
    isPrinted: true,
    isTagged: true,
  },
  ONE_PDF: {
    label: 'Un seul PDF',
    detail: 'Tous les dossiers à la suite, avec un signet par organisme et par onglet.',
    file: 'Un seul PDF',
    lacking: 'au PDF\u00a0: le manifeste dit lesquels.',
    hasTabs: true,
    isPrinted: true,
    isTagged: false,
  },
  XML: {
    label: 'Données XML',
    detail: 'Le format d’échange d’Harmonia, un fichier par dossier.',
    file: 'XML',
    lacking: LACKING_IN_ARCHIVE,
    hasTabs: true,
    isPrinted: false,
    isTagged: false,
  },
  DOSSIER: {
    label: 'Dossiers complets',
    detail: 'Pour chaque dossier, ses données (XML) et leur impression (PDF).',
    file: 'XML et PDF',
    lacking: LACKING_IN_ARCHIVE,
    hasTabs: true,
    isPrinted: true,
    isTagged: true,
  },
  SHEET: {
    label: 'Classeurs Excel',
    detail: 'Un classeur par dossier, avec ses formules.',
    file: 'Classeurs Excel',
    lacking: LACKING_IN_ARCHIVE,
    hasTabs: true,
    isPrinted: false,
    isTagged: false,
  },
  COPY: {
    label: 'Copies scellées',
    detail: 'Les dernières copies scellées des dossiers transmis, telles qu’elles furent scellées.',
    file: 'Copies scellées',
    lacking: LACKING_IN_ARCHIVE,
    hasTabs: false,
    isPrinted: false,
    isTagged: false,
  },
}

export const ITEM_STATES: Readonly<
  Record<
    MassExportItemState,
    { readonly label: string; readonly tone: 'info' | 'good' | 'bad'; readonly icon: IconName }
  >
> = {
  WAITING: { label: 'En attente', tone: 'info', icon: 'clock' },
  MADE: { label: 'Fait', tone: 'good', icon: 'check' },
  FAILED: { label: 'Échec', tone: 'bad', icon: 'alert' },
}

/** Seconds for a dossier of each kind, and for a tab of it where pages are drawn; twice those measured. */
const PER_DOSSIER: Readonly<Record<MassExportKind, number>> = {
  PDF: 0.1,
  ONE_PDF: 0.1,
  XML: 0.1,
  DOSSIER: 0.2,
  SHEET: 0.5,
  COPY: 0.05,
}
const PER_TAB = { light: 0.018, accessible: 0.045 }
const WHOLE = 65

/** About how long an export of `count` dossiers takes, in seconds; `tabs` is undefined for whole dossiers. */
export function massSeconds(
  kind: MassExportKind,
  count: number,
  tabs: number | undefined,
  isAccessible: boolean,
): number {
  const drawn = KINDS[kind].isPrinted ? (tabs ?? WHOLE) * (isAccessible ? PER_TAB.accessible : PER_TAB.light) : 0
  return 1 + count * (PER_DOSSIER[kind] + drawn)
}

export function isUnderWay({ state }: Pick<MassExportFieldsFragment, 'state'>): boolean {
  return state === 'WAITING' || state === 'RUNNING'
}

export function isExpired({ expiresAt }: Pick<MassExportFieldsFragment, 'expiresAt'>): boolean {
  return new Date(expiresAt) < new Date()
}

/** `12 dossiers faits, 1 en échec`. */
export function outcome({ done, failed }: Pick<MassExportFieldsFragment, 'done' | 'failed'>): string {
  const made = plural(done, 'dossier fait', 'dossiers faits')
  return failed ? `${made}, ${plural(failed, 'en échec', 'en échec')}` : made
}

/** Whether all are of one form and one year, so that the tabs of one are those of all. */
export function shareForm(chosen: readonly Chosen[]): boolean {
  return new Set(chosen.map(({ form, year }) => `${form} ${year}`)).size === 1
}
