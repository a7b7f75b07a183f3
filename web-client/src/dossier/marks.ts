import { SEVERITIES } from '../cells/describe'
import { tabOf } from '../cells/model'
import { typeset } from '../text/typeset'
import type { Severity, VerificationFieldsFragment } from '../gen/graphql'

export type Verification = VerificationFieldsFragment
export type Anomaly = Verification['anomalies'][number]

/** The anomalies, seen from the cells and from the tabs. */
export interface Marks {
  readonly severities: ReadonlyMap<string, Severity>
  readonly notes: ReadonlyMap<string, readonly string[]>
  readonly byTab: ReadonlyMap<string, { readonly count: number; readonly worst: Severity }>
}

const RANK: Readonly<Record<Severity, number>> = { MINOR: 0, MAJOR: 1, BLOCKING: 2 }

export function worse(one: Severity | undefined, other: Severity): Severity {
  return one && RANK[one] >= RANK[other] ? one : other
}

export function marksOf(verification: Verification | null | undefined): Marks {
  const severities = new Map<string, Severity>()
  const notes = new Map<string, string[]>()
  const byTab = new Map<string, { count: number; worst: Severity }>()
  for (const { severity, label, gapDisplay, cells } of verification?.anomalies ?? []) {
    const note = `Anomalie ${SEVERITIES[severity].label}\u00a0: ${typeset(label)}${gapDisplay ? ` (écart ${gapDisplay})` : ''}`
    for (const { id } of cells) {
      severities.set(id, worse(severities.get(id), severity))
      notes.set(id, [...(notes.get(id) ?? []), note])
    }
    for (const code of new Set(cells.map((cell) => tabOf(cell.id)))) {
      const known = byTab.get(code)
      byTab.set(code, { count: (known?.count ?? 0) + 1, worst: worse(known?.worst, severity) })
    }
  }
  return { severities, notes, byTab }
}

/** Where a cell is on the site. */
export function placeOfCell(dossier: string, cell: string): string {
  return `/dossiers/${dossier}/${tabOf(cell)}#${encodeURIComponent(cell)}`
}
