import { DOINGS } from '../people/words'

/** Rights on more than a dossier: they are told of where they are used. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'notify',
  'admin_users',
  'consent:give',
  'campaign:manage',
  'pack:edit',
  'policy:edit',
])

/** What one does on a dossier: the right, then what completes « pouvoir … ». */
export const ON_A_DOSSIER: readonly (readonly [right: string, doing: string])[] = Object.entries(DOINGS).filter(
  ([right]) => !ELSEWHERE.has(right),
)

/** What may be asked about someone on a dossier; mails follow what he may there. `asked`: one that must be found. */
export function questions(asked: string): readonly (readonly [right: string, doing: string])[] {
  const known = [...ON_A_DOSSIER, ['notify', DOINGS.notify ?? 'notify'] as const]
  return known.some(([right]) => right === asked) ? known : [...known, [asked, DOINGS[asked] ?? asked]]
}
