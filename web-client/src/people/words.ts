import type { OrganizationKind } from '../gen/graphql'
import { STEPS } from '../search/criteria'
import { fold } from '../text/fold'
import type { Change, Changes, Look } from './matrix'

const NB = '\u00a0'
const NARROW = '\u202f'

/** What each look says of itself, beside its colour and its sign. */
export const LOOKS: Readonly<Record<Look, string>> = {
  granted: 'accordé',
  inherited: 'accordé par le profil',
  refused: 'non accordé',
  imposedOn: 'imposé, accordé',
  imposedOff: 'imposé, refusé',
}

/** What completes « pourra désormais … » for each function of the matrix. */
export const DOINGS: Readonly<Record<string, string>> = {
  'dossier:read': 'lire les dossiers',
  'dossier:export': 'imprimer et exporter les dossiers',
  'dossier:write': 'saisir dans les dossiers',
  'dossier:initialise': 'initialiser les dossiers',
  'dossier:validate': 'valider la saisie',
  'dossier:validate_hierarchical': 'prononcer la validation hiérarchique',
  'dossier:transmit': 'transmettre les dossiers',
  'dossier:correct': 'corriger les dossiers que la plateforme leur remet',
  'dossier:hand_back': 'remettre les dossiers à l’organisme et les reprendre',
  'dossier:finalise': 'finaliser les dossiers',
  'dossier:close': 'fermer les dossiers',
  'dossier:reopen': 'remettre les dossiers en fiabilisation',
  'reopening:ask': 'demander le retour en étape 4',
  'attachment:read': 'lire les pièces jointes',
  'attachment:write': 'ajouter des pièces jointes',
  'exchange:read': 'lire l’espace d’échange',
  'exchange:write': 'écrire dans l’espace d’échange',
  'direct:read': 'prendre les copies scellées par l’accès direct',
  notify: 'recevoir les courriels',
  admin_users: 'gérer les utilisateurs',
  'consent:give': 'donner ou refuser l’accès des partenaires',
  'campaign:manage': 'conduire la campagne',
  'pack:edit': 'modifier la définition des formulaires',
  'policy:edit': 'modifier les règles de droits',
}

/** `0 – À initialiser`, for the head of a column. */
export function stepLabel(step: number): string {
  return STEPS[step]?.short ?? STEPS[step]?.label ?? ''
}

/** `à l’étape 4`, `aux étapes 4 à 6`, `aux étapes 1, 2 et 5`, `à toutes les étapes`. */
export function atSteps(steps: readonly number[]): string {
  const [first] = steps
  if (steps.length === STEPS.length) return 'à toutes les étapes'
  if (steps.length === 1) return `à l’étape${NB}${first}`
  return `aux étapes${NB}${inWords(runs(steps))}`
}

/** Three steps or more in a row are said by their ends. */
function runs(steps: readonly number[]): string[] {
  const found: number[][] = []
  for (const step of steps) {
    const last = found.at(-1)
    if (last?.at(-1) === step - 1) last.push(step)
    else found.push([step])
  }
  return found.flatMap((run) => (run.length > 2 ? [`${run[0]}${NB}à${NB}${run.at(-1)}`] : run.map(String)))
}

/** `a, b et c`. */
export function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} et ${parts.at(-1)}`
}

/** `lire les dossiers aux étapes 4 à 6`. */
export function doing({ right, label, steps }: Change): string {
  return `${DOINGS[right] ?? `«${NB}${label}${NB}»`} ${atSteps(steps)}`
}

/** `Marie Durand pourra désormais lire les dossiers aux étapes 4 à 6 ; ne pourra plus …`; empty for no change. */
export function impact(name: string, { gained, lost }: Changes): string {
  const more = gained.length > 0 && `pourra désormais ${inWords(gained.map(doing))}`
  const less = lost.length > 0 && `ne pourra plus ${inWords(lost.map(doing))}`
  const said = [more, less].filter(Boolean).join(`${NARROW}; `)
  return said && `${name} ${said}.`
}

/** `de Marie Durand`, `d’Anne Masson`. */
export function of(name: string): string {
  return /^[aeiouyhœæ]/i.test(fold(name)) ? `d’${name}` : `de ${name}`
}

/** The form as it is named where several platforms collect: `ER (MIN)`. */
export function placeName({ form, platform }: { form: string; platform: string }): string {
  return `${form} (${platform})`
}

/** The kinds of organization, as a badge says them. */
export const KINDS: Readonly<Record<OrganizationKind, string>> = {
  OPERATOR: 'Plateforme',
  ORGANISM: 'Organisme',
  PARTNER: 'Partenaire',
}
