import { placeOfCell } from '../dossier/marks'
import type { Thread } from './useThreads'

/** Where what a thread is about is on the site. */
export function placeOf(dossier: string, { level, anchor }: Pick<Thread, 'level' | 'anchor'>): string {
  if (level === 'CELL') return placeOfCell(dossier, anchor)
  return level === 'TAB' ? `/dossiers/${dossier}/${anchor}` : `/dossiers/${dossier}`
}
