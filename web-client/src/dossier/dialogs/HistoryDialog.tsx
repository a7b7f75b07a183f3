import { Link } from 'wouter'
import { TimelineDocument, type TimelineQuery } from '../../gen/graphql'
import { useGrowingList } from '../../graphql/useGrowingList'
import { AskWhy } from '../../rights/AskWhy'
import { useSession } from '../../session/session'
import { formatMoment } from '../../text/dates'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Icon } from '../../ui/Icon'
import { ProblemAlert } from '../../ui/Problem'
import { Loading } from '../../ui/Progress'
import { Scroller } from '../../ui/Scroller'
import type { DialogProps } from '../DossierDialogs'
import type { DossierData } from '../useDossier'

const PAGE = 40

/** What happened to the dossier (manual §2.1.3), and what may be done from here, or why not. */
export function HistoryDialog({ dossier, onClose }: DialogProps) {
  const { viewer } = useSession()
  const { nodes, first, problem, busy, more } = useGrowingList(
    TimelineDocument,
    { id: dossier.id },
    ({ dossier: { timeline, transmission } }) => ({ ...timeline, transmission }),
    PAGE,
  )
  return (
    <Dialog title="Historique du dossier" onClose={onClose}>
      <ProblemAlert problem={problem} />
      {busy && !nodes && <Loading label="Lecture de l’historique…" />}
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
      {nodes && (
        <Scroller className="stack-tight" label="Ce qui s’est passé">
          <h3>Ce qui s’est passé</h3>
          <Timeline rows={nodes} steps={dossier.steps} />
          {more && (
            <Button busy={busy} onClick={more}>
              Afficher la suite
            </Button>
          )}
          {viewer?.kind === 'ORGANISM' && (
            <p>
              <Link href={`/acces?dossier=${dossier.id}`}>Qui a lu ce dossier, et au titre de quelle convention</Link>
            </p>
          )}
          <Transmitted transmission={first?.transmission} />
        </Scroller>
      )}
    </Dialog>
  )
}

type Happened = TimelineQuery['dossier']['timeline']['edges'][number]['node']

function Timeline({ rows, steps }: { rows: readonly Happened[]; steps: DossierData['steps'] }) {
  const named = (step: Happened['source']) => steps.find((one) => one.step === step)?.label
  if (!rows.length) return <p className="muted">Rien ne s’est encore passé.</p>
  return (
    <ol className="timeline">
      {rows.map(({ at, kind, label, source, author, organization, reason, ref }) => (
        <li key={`${at} ${kind} ${label}`} className={source ? undefined : 'timeline-minor'}>
          <p>
            <strong>{label}</strong>
            {source && <span className="muted"> après «&nbsp;{named(source)}&nbsp;»</span>}
          </p>
          <p className="muted">
            {formatMoment(at)}
            {author && `, ${author}`}
            {organization && ` (${organization})`}
            {ref && `, au titre de ${ref}`}
          </p>
          {reason && <p>«&nbsp;{reason}&nbsp;»</p>}
        </li>
      ))}
    </ol>
  )
}

function Transmitted({ transmission }: { transmission: TimelineQuery['dossier']['transmission'] | undefined }) {
  if (!transmission) return null
  return (
    <p className="muted">
      Transmis par {transmission.author} le {formatMoment(transmission.at)}. Empreinte des données&nbsp;:{' '}
      <code className="hash">{transmission.dataHash}</code>
    </p>
  )
}
