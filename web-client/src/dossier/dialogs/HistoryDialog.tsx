import { useQuery } from 'urql'
import { HistoryDocument, type HistoryQuery } from '../../gen/graphql'
import { problemOf } from '../../graphql/problem'
import { AskWhy } from '../../rights/AskWhy'
import { STEPS, stepNumber } from '../../search/criteria'
import { formatMoment } from '../../text/dates'
import { Dialog } from '../../ui/Dialog'
import { Icon } from '../../ui/Icon'
import { ProblemAlert } from '../../ui/Problem'
import { Loading } from '../../ui/Progress'
import type { DialogProps } from '../DossierDialogs'

/** The steps crossed (manual §2.1.3), and what may be done from here, or why not. */
export function HistoryDialog({ dossier, onClose }: DialogProps) {
  const [{ data, error, fetching }] = useQuery({
    query: HistoryDocument,
    variables: { id: dossier.id },
    requestPolicy: 'network-only',
  })
  return (
    <Dialog title="Cycle de vie du dossier" onClose={onClose}>
      <ProblemAlert problem={problemOf(error)} />
      {fetching && !data && <Loading label="Lecture de l’historique…" />}
      {dossier.moves.length > 0 && (
        <section className="stack-tight">
          <h3>Depuis cette étape</h3>
          <ul className="moves">
            {dossier.moves.map(({ name, label, allowed, refusal, right }) => (
              <li key={name}>
                <Icon name={allowed ? 'check' : 'lock'} size={16} />
                <span>
                  {label}
                  {!allowed && <span className="muted"> – {refusal}</span>}
                </span>
                {!allowed && <AskWhy dossier={dossier.id} right={right} about={`${label} est fermé`} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {data && (
        <section className="stack-tight">
          <h3>Passages d’étapes</h3>
          <Crossings dossier={data.dossier} />
        </section>
      )}
    </Dialog>
  )
}

function Crossings({ dossier: { history, transmission } }: { dossier: HistoryQuery['dossier'] }) {
  if (!history.length) return <p className="muted">Aucune étape n’a encore été franchie.</p>
  return (
    <>
      <ol className="timeline">
        {history.map(({ at, source, target, author, reason }) => (
          <li key={at}>
            <p>
              <strong>
                {stepNumber(target)} – {STEPS[stepNumber(target)]?.label}
              </strong>{' '}
              <span className="muted">après «&nbsp;{STEPS[stepNumber(source)]?.label}&nbsp;»</span>
            </p>
            <p className="muted">
              {formatMoment(at)}
              {author && `, ${author}`}
            </p>
            {reason && <p>«&nbsp;{reason}&nbsp;»</p>}
          </li>
        ))}
      </ol>
      {transmission && (
        <p className="muted">
          Transmis par {transmission.author} le {formatMoment(transmission.at)}. Empreinte des données&nbsp;:{' '}
          <code className="hash">{transmission.dataHash}</code>
        </p>
      )}
    </>
  )
}
