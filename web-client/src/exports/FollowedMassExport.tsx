import { useEffect, useState } from 'react'
import {
  CancelMassExportDocument,
  MassExportDocument,
  type MassExportFieldsFragment,
  RetryMassExportDocument,
} from '../gen/graphql'
import { useFollowed } from '../graphql/useFollowed'
import { useOnce } from '../graphql/useOnce'
import { formatMoment } from '../text/dates'
import { formatSize, plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { FileLink } from '../ui/FileLink'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Loading, Progress } from '../ui/Progress'
import { aboutTime, secondsLeft } from './estimate'
import { KINDS, isExpired, isUnderWay, outcome } from './mass'
import { MassItems } from './MassItems'

type Job = MassExportFieldsFragment

const TICK = 1000

/** An export of many dossiers, from its request to its file; begun again, it is followed again. */
export function FollowedMassExport({ id, onChanged }: { id: string; onChanged?: () => void }) {
  const [turn, setTurn] = useState(0)
  const again = () => {
    setTurn(turn + 1)
    onChanged?.()
  }
  return <Followed key={turn} id={id} onChanged={again} />
}

function Followed({ id, onChanged }: { id: string; onChanged: () => void }) {
  const { data, problem } = useFollowed(MassExportDocument, { id }, ({ massExport }) => isUnderWay(massExport))
  const acting = useOnce()
  const job = data?.massExport
  if (!job) return problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture de l’export…" />
  const cancel = async () => {
    if (await acting.send(CancelMassExportDocument, { id })) onChanged()
  }
  const retry = async () => {
    if (await acting.send(RetryMassExportDocument, { id })) onChanged()
  }
  return (
    <div className="mass-export">
      <ProblemAlert problem={acting.problem ?? problem} />
      {isUnderWay(job) ? (
        <UnderWay job={job} busy={acting.busy} onCancel={() => void cancel()} />
      ) : (
        <Ended job={job} busy={acting.busy} onRetry={() => void retry()} />
      )}
      <MassItems job={job} />
      {isUnderWay(job) && (
        <p className="muted">
          Vous pouvez fermer cette fenêtre&nbsp;: l’export continue, un courriel vous prévient, et le fichier vous
          attend dans la page «&nbsp;Exports&nbsp;».
        </p>
      )}
    </div>
  )
}

function UnderWay({ job, busy, onCancel }: { job: Job; busy: boolean; onCancel: () => void }) {
  const left = useTimeLeft(job)
  return (
    <>
      <Progress
        label={job.state === 'WAITING' ? 'En attente de son tour…' : 'Production des dossiers'}
        done={job.done + job.failed}
        total={job.total}
      />
      <div className="row">
        <p className="print-count">
          {job.failed > 0 && <span className="mass-failed">{plural(job.failed, 'en échec', 'en échec')}</span>}
          {left !== undefined && <span className="muted"> Encore {aboutTime(left)}.</span>}
        </p>
        <Button icon="close" busy={busy} onClick={onCancel}>
          Interrompre
        </Button>
      </div>
    </>
  )
}

function Ended({ job, busy, onRetry }: { job: Job; busy: boolean; onRetry: () => void }) {
  const { kind, state, failed, error } = job
  return (
    <>
      {state === 'CANCELLED' && <Alert tone="info" title={'Export interrompu\u00a0: rien n’en est gardé.'} />}
      {state === 'READY' && (
        <Alert tone={failed ? 'warn' : 'good'} title={`Export terminé\u00a0: ${outcome(job)}.`}>
          {failed > 0 && <p>Les dossiers en échec manquent {KINDS[kind].lacking}</p>}
        </Alert>
      )}
      {state === 'FAILED' && (
        <Alert tone="bad" title="L’export n’a pas pu être produit.">
          <p>{error}</p>
        </Alert>
      )}
      {state !== 'CANCELLED' && <Outcome job={job} busy={busy} onRetry={onRetry} />}
    </>
  )
}

/** The file, and what failed to be made again. */
function Outcome({ job, busy, onRetry }: { job: Job; busy: boolean; onRetry: () => void }) {
  const { kind, failed, downloadUrl, manifestUrl, fileName, size, expiresAt } = job
  if (isExpired(job)) return <p className="muted">Ce fichier n’est plus gardé&nbsp;: demandez l’export de nouveau.</p>
  return (
    <>
      {downloadUrl && (
        <div className="download">
          <div className="row">
            <FileLink className="button button-primary" href={downloadUrl} size={size ?? 0}>
              <Icon name="download" />
              <span>Télécharger {kind === 'ONE_PDF' ? 'le PDF' : 'l’archive'}</span>
            </FileLink>
            {manifestUrl && (
              <FileLink className="button button-quiet" href={manifestUrl} size={0}>
                <Icon name="list" />
                <span>Manifeste (CSV)</span>
              </FileLink>
            )}
          </div>
          <span className="muted mass-file">
            {KINDS[kind].file} · {fileName}
            {size ? ` · ${formatSize(size)}` : ''} · disponible jusqu’au {formatMoment(expiresAt)}
          </span>
        </div>
      )}
      {failed > 0 && (
        <p>
          <Button icon="refresh" busy={busy} onClick={onRetry}>
            {failed < 2 ? 'Refaire le dossier en échec' : 'Refaire les dossiers en échec'}
          </Button>
        </p>
      )}
    </>
  )
}

/** What is left, in seconds, at the pace kept since it was first looked at. */
function useTimeLeft({ done, failed, total }: Job): number | undefined {
  const over = done + failed
  const [start] = useState(() => ({ at: Date.now(), over }))
  const [now, setNow] = useState(start.at)
  useEffect(() => {
    const clock = setInterval(() => setNow(Date.now()), TICK)
    return () => clearInterval(clock)
  }, [])
  return secondsLeft(over - start.over, total - start.over, (now - start.at) / 1000)
}
