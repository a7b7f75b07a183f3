import { useState } from 'react'
import { type TypedDocumentNode, useClient, useQuery } from 'urql'
import { ImpactView } from '../desk/ImpactView'
import { mayBeSent } from '../desk/measure'
import { Unmeasured } from '../desk/Unmeasured'
import {
  EndConventionDocument,
  type ImpactFieldsFragment,
  ResumeConventionDocument,
  SimulateEndDocument,
  SimulateResumptionDocument,
  SimulateSuspensionDocument,
  SuspendConventionDocument,
} from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { Refusal } from '../people/Refusal'
import { Loading } from '../ui/Progress'
import { Day, Decision, type DecisionProps, Reason } from './Decision'

// While a year is typed, its first digits make years that no convention knows.
const EARLIEST = '1900'

export function SuspendDialog({ convention, onClose }: DecisionProps) {
  const { id, revision, title } = convention
  const client = useClient()
  const [since, setSince] = useState('')
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const days = { id, since, until: until || null }
  const measure = useMeasure(SimulateSuspensionDocument, days, since > EARLIEST && (!until || until > EARLIEST))
  return (
    <Decision
      size="l"
      title={`Suspendre «\u00a0${title}\u00a0»`}
      action="Suspendre"
      look="danger"
      ready={!since || mayBeSent(measure)}
      onClose={onClose}
      send={() => client.mutation(SuspendConventionDocument, { ...days, revision, reason }).toPromise()}
    >
      <Day label="À compter du" value={since} onChange={setSince} required />
      <Day label="Jusqu’au" hint="Vide&nbsp;: jusqu’à ce qu’elle soit levée" value={until} onChange={setUntil} />
      <Reason value={reason} onChange={setReason} />
      <Effect measure={measure} convention={convention} />
    </Decision>
  )
}

export function ResumeDialog({ convention, onClose }: DecisionProps) {
  const { id, revision, title } = convention
  const client = useClient()
  const measure = useMeasure(SimulateResumptionDocument, { id }, true)
  return (
    <Decision
      size="l"
      title={`Lever la suspension de «\u00a0${title}\u00a0»`}
      action="Lever la suspension"
      ready={mayBeSent(measure)}
      onClose={onClose}
      send={() => client.mutation(ResumeConventionDocument, { id, revision }).toPromise()}
    >
      <Effect measure={measure} convention={convention} />
    </Decision>
  )
}

export function EndDialog({ convention, onClose }: DecisionProps) {
  const { id, revision, title } = convention
  const client = useClient()
  const [on, setOn] = useState('')
  const [reason, setReason] = useState('')
  const measure = useMeasure(SimulateEndDocument, { id, on }, on > EARLIEST)
  return (
    <Decision
      size="l"
      title={`Mettre fin à «\u00a0${title}\u00a0»`}
      action="Mettre fin"
      look="danger"
      ready={!on || mayBeSent(measure)}
      onClose={onClose}
      send={() => client.mutation(EndConventionDocument, { id, revision, on, reason }).toPromise()}
    >
      <Day label="Dernier jour" value={on} onChange={setOn} required />
      <Reason value={reason} onChange={setReason} />
      <Effect measure={measure} convention={convention} />
    </Decision>
  )
}

interface Measure {
  readonly impact: ImpactFieldsFragment | undefined
  readonly problem: Problem | undefined
  readonly isMeasuring: boolean
}

/** What would change hands, once its days are known. */
function useMeasure<Variables extends { id: string }>(
  query: TypedDocumentNode<{ impact: ImpactFieldsFragment }, Variables>,
  variables: Variables,
  isAsked: boolean,
): Measure {
  const [{ data, error, fetching }] = useQuery({ query, variables, pause: !isAsked, requestPolicy: 'network-only' })
  const isMeasuring = isAsked && fetching
  if (!isAsked || isMeasuring) return { impact: undefined, problem: undefined, isMeasuring }
  return { impact: error ? undefined : data?.impact, problem: problemOf(error), isMeasuring }
}

function Effect({
  measure: { impact, problem, isMeasuring },
  convention: { partner },
}: Pick<DecisionProps, 'convention'> & { measure: Measure }) {
  return (
    <div aria-live="polite">
      {problem && (
        <Refusal problem={problem}>
          <Unmeasured problem={problem} />
        </Refusal>
      )}
      {isMeasuring && <Loading label="Mesure de l’effet sur les dossiers…" />}
      {impact && <ImpactView impact={impact} />}
      <p className="muted">
        {!impact && 'L’effet se mesure sur les dossiers d’aujourd’hui, dès que la date est choisie. '}
        Ce que {partner.name} garde par une autre convention ou une autre règle n’est pas compté.
      </p>
    </div>
  )
}
