import type { Client } from '@urql/core'
import { SuggestOrganismsDocument, SuggestUsersDocument } from '../gen/graphql'
import { groupDigits } from '../text/numbers'
import type { Suggestion } from '../ui/Combobox'

export interface OrganismSuggestion extends Suggestion {
  readonly siren: string
}

/** The organisms with a dossier that one reads, whose name, SIREN, code or department this says. */
export async function organismsLike(client: Client, search: string): Promise<readonly OrganismSuggestion[]> {
  const { data } = await client.query(SuggestOrganismsDocument, { search }, { requestPolicy: 'network-only' })
  return (data?.suggestOrganisms ?? []).map(({ siren, name, code, category, department }) => ({
    key: siren,
    siren,
    name,
    detail: `${category} · ${groupDigits(siren)} · code ${code} · département ${department}`,
  }))
}

/** The users of organisms whose first or last name this begins. */
export async function usersLike(client: Client, search: string): Promise<readonly Suggestion[]> {
  const { data } = await client.query(SuggestUsersDocument, { search }, { requestPolicy: 'network-only' })
  return (data?.suggestUsers ?? []).map(({ firstName, lastName, organism }) => ({
    key: `${lastName} ${firstName} ${organism}`,
    name: `${lastName} ${firstName}`,
    detail: organism,
  }))
}
