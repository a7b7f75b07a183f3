import { useQuery } from 'urql'
import { SimulateConventionDocument } from '../gen/graphql'
import { ImpactView } from '../desk/ImpactView'
import { problemOf } from '../graphql/problem'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { type Convention, draftOf, inputOf } from './model'

/** What putting a convention in force would do on the dossiers of today. */
export function ConventionImpact({ convention }: { convention: Convention }) {
  return <Impact id={convention.id} input={inputOf(draftOf(convention), convention.platform.code)} />
}

export function Impact({ id, input }: { id: string | undefined; input: ReturnType<typeof inputOf> }) {
  const [{ data, error, fetching }] = useQuery({
    query: SimulateConventionDocument,
    variables: { id, convention: input },
    requestPolicy: 'network-only',
  })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data || fetching) return <Loading label="Mesure de l’effet sur les dossiers…" />
  return <ImpactView impact={data.simulateConvention} />
}
