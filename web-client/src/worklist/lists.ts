import type { WorkListFieldsFragment, WorkListImportOutcome } from '../gen/graphql'

export type WorkList = WorkListFieldsFragment

/** What a list is called: the one that each person has without asking has no name of its own. */
export function nameOf({ name, mine, owner }: Pick<WorkList, 'name' | 'mine' | 'owner'>): string {
  const called = name || 'Ma liste de travail'
  return mine ? called : `${called} (${owner})`
}

/** The list of the address where it is still there, else the viewer's own. */
export function listNamed(lists: readonly WorkList[], id: string | null): WorkList | undefined {
  return lists.find((list) => list.id === id) ?? lists.find(({ mine, isDefault }) => mine && isDefault) ?? lists[0]
}

export const OUTCOMES: Readonly<
  Record<WorkListImportOutcome, { readonly label: string; readonly tone: 'neutral' | 'good' | 'warn' | 'bad' }>
> = {
  ADDED: { label: 'Ajouté', tone: 'good' },
  ALREADY: { label: 'Déjà là', tone: 'neutral' },
  UNKNOWN: { label: 'Inconnu', tone: 'bad' },
  AMBIGUOUS: { label: 'Plusieurs dossiers', tone: 'warn' },
  UNREADABLE: { label: 'Illisible', tone: 'bad' },
}
