import { useState } from 'react'
import { useQuery } from 'urql'
import type { DialogProps } from '../dossier/DossierDialogs'
import { CircuitDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { formatDay } from '../text/dates'
import { Alert } from '../ui/Alert'
import { Dialog } from '../ui/Dialog'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { AnswerDialog, type Asked } from './AnswerDialog'
import { Delegations } from './Delegations'
import { PastActs } from './PastActs'
import { VisaCard } from './VisaCard'
import { OUTCOMES, byRank, isOpposed } from './words'
import './circuit.css'

/** Where the visas of the dossier's step stand, answering them, and who answers in one's place. */
export function CircuitDialog({ dossier, cells, onRewritten, onClose }: DialogProps) {
  const [asked, setAsked] = useState<Asked>()
  const [{ data, error }, read] = useQuery({
    query: CircuitDocument,
    variables: { id: dossier.id },
    requestPolicy: 'cache-and-network',
  })
  const circuit = data?.dossier.circuit
  const reread = () => read({ requestPolicy: 'network-only' })
  const outcome = circuit?.outcome && OUTCOMES[circuit.outcome]
  return (
    <Dialog title={dossier.circuitLabel ?? 'Circuit de visas'} size="l" onClose={onClose}>
      <ProblemAlert problem={problemOf(error)} />
      {!data && !error && <Loading label="Lecture du circuit…" />}
      {data && !circuit && <p>Le dossier n’est plus à l’étape de ce circuit.</p>}
      {circuit && (
        <>
          <p className="muted">
            Ouvert le {formatDay(circuit.openedOn)}. Un avis ne décide pas&nbsp;: seules une validation et une signature
            décident.
          </p>
          {circuit.suspended && (
            <Alert tone="info" title="Le dossier est remis à l’organisme.">
              <p>Personne ne répond pendant ce temps. Un nouveau tour commencera quand la plateforme le reprendra.</p>
            </Alert>
          )}
          {outcome && <Alert tone={outcome.tone} title={outcome.title} />}
          <ol className="stack">
            {byRank(circuit.visas).map(([rank, visas]) => (
              <li key={rank} className="stack-tight">
                <h3>
                  Rang {rank}
                  {visas.length > 1 && <span className="muted"> – de front</span>}
                </h3>
                <div className="fields">
                  {visas.map((visa) => (
                    <VisaCard
                      key={visa.code}
                      visa={visa}
                      onAnswer={(holder) => setAsked({ visa, holder, version: cells.shown ?? data.dossier.version })}
                    />
                  ))}
                </div>
              </li>
            ))}
          </ol>
          <PastActs acts={data.dossier.visaActs} visas={circuit.visas} />
        </>
      )}
      <Delegations dossier={dossier} />
      {asked && circuit && (
        <AnswerDialog
          dossier={dossier.id}
          asked={asked}
          isOverruling={asked.visa.nature !== 'OPINION' && isOpposed(circuit.visas)}
          onClose={() => setAsked(undefined)}
          onDone={() => {
            setAsked(undefined)
            reread()
            onRewritten()
          }}
          onRefused={reread}
          onStale={onRewritten}
        />
      )}
    </Dialog>
  )
}
