import { useState } from 'react'
import { useQuery } from 'urql'
import { ProposalImpactDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { ImpactView } from './ImpactView'

/** What a proposal would do on the dossiers of today, measured when it is asked. */
export function ProposalImpact({ id }: { id: string }) {
  const [isAsked, setAsked] = useState(false)
  if (isAsked) return <Measured id={id} />
  return (
    <p>
      <Button icon="eye" onClick={() => setAsked(true)}>
        Mesurer l’effet aujourd’hui
      </Button>
    </p>
  )
}

function Measured({ id }: { id: string }) {
  const [{ data, error, fetching }] = useQuery({
    query: ProposalImpactDocument,
    variables: { id },
    requestPolicy: 'network-only',
  })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data || fetching) return <Loading label="Mesure de l’effet sur les dossiers…" />
  return <ImpactView impact={data.policyProposal.impact} />
}
