import type { Audience, Level, Nature, ThreadState } from '../gen/graphql'

export const NATURES: Readonly<Record<Nature, string>> = { QUESTION: 'Question', COMMENT: 'Commentaire' }

export const LEVELS: Readonly<Record<Level, string>> = { DOSSIER: 'Dossier', TAB: 'Tableau', CELL: 'Cellule' }

export const STATES: Readonly<Record<ThreadState, string>> = {
  OPEN: 'Ouvert',
  CLOSED: 'Clos',
  OBSOLETE: 'Obsolète',
}

/** Who will read a thread once it is published. */
export const AUDIENCES: Readonly<Record<Audience, string>> = {
  ALL: 'Tous les interlocuteurs',
  PLATFORM: 'Organisme et plateforme',
  OWN: 'Mon organisation',
}
