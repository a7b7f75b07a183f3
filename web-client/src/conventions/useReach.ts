import { useQuery } from 'urql'
import { ConventionReachDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'

/** What a convention reaches today: organisms, dossiers, accounts of the partner. */
export function useReach(id: string) {
  const [{ data, error }] = useQuery({ query: ConventionReachDocument, variables: { id } })
  return { reach: data?.convention.reach, problem: problemOf(error) }
}
