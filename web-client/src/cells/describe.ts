import { type Talk, say } from '../exchange/talks'
import type { Severity } from '../gen/graphql'
import type { Kind } from '../pack/pack'
import type { CellData, CellStatus } from './model'

export type Look = 'input' | 'common' | 'computed' | 'forcible' | 'forced'

/** The five looks of the manual (§8.2), in the order of the legend. */
export const LOOKS: Readonly<Record<Look, { readonly label: string; readonly help: string }>> = {
  input: { label: 'Saisie', help: 'cellule saisissable' },
  common: { label: 'Tronc commun', help: 'saisie partagée entre l’ER et le QDIS' },
  computed: { label: 'Calculée', help: 'calculée automatiquement' },
  forcible: { label: 'Forçable', help: 'calculée automatiquement, peut être forcée' },
  forced: { label: 'Forcée', help: 'calcul remplacé par une valeur saisie' },
}

const BY_KIND: Readonly<Record<Kind, Look>> = { S: 'input', T: 'common', C: 'computed', F: 'forcible' }

export const STATUSES: Readonly<Record<Exclude<CellStatus, 'idle'>, string>> = {
  waiting: 'en attente d’enregistrement',
  saving: 'enregistrement en cours',
  saved: 'enregistrée',
  refused: 'refusée',
  conflict: 'modifiée par quelqu’un d’autre entre-temps',
}

export const SEVERITIES: Readonly<Record<Severity, { readonly label: string; readonly many: string }>> = {
  BLOCKING: { label: 'bloquante', many: 'bloquantes' },
  MAJOR: { label: 'majeure', many: 'majeures' },
  MINOR: { label: 'mineure', many: 'mineures' },
}

export function lookOf(kind: Kind, { forced, draft }: CellData): Look {
  const isForced = draft && draft.value !== undefined ? draft.reason !== undefined : forced !== undefined
  return kind === 'F' && isForced ? 'forced' : BY_KIND[kind]
}

/** What the colours and signs of a cell say, in words. */
export function describe(
  kind: Kind,
  data: CellData,
  severity: Severity | undefined,
  talks: readonly Talk[] = [],
): string {
  const parts = [LOOKS[lookOf(kind, data)].label]
  if (data.status !== 'idle') parts.push(STATUSES[data.status])
  if (data.local !== undefined) parts.push('calcul provisoire, en attente du serveur')
  if (data.message) parts.push(data.message)
  if (severity) parts.push(`anomalie ${SEVERITIES[severity].label}`)
  if (talks.length > 0) parts.push(say(talks))
  return parts.join(', ')
}
