import type { ExportFieldsFragment } from '../gen/graphql'
import { formatMoment } from '../text/dates'
import { formatSize } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { FileLink } from '../ui/FileLink'
import { Icon } from '../ui/Icon'
import { Progress } from '../ui/Progress'

/** How far the job is; then its file, or why there is none. */
export function ExportState({ job }: { job: ExportFieldsFragment }) {
  if (job.state === 'FAILED') {
    return (
      <Alert tone="bad" title="Le fichier n’a pas pu être produit.">
        <p>{job.error}</p>
      </Alert>
    )
  }
  if (job.state === 'READY' && job.downloadUrl) return <DownloadLink job={job} />
  return (
    <Progress
      label={job.state === 'WAITING' ? 'En attente de son tour…' : 'En cours de production…'}
      done={job.done}
      total={job.total}
    />
  )
}

function DownloadLink({ job }: { job: ExportFieldsFragment }) {
  const url = job.downloadUrl ?? ''
  return (
    <div className="download">
      <div className="row">
        {job.kind === 'PDF' && (
          <a className="button button-primary" href={shown(url)} target="_blank" rel="noreferrer">
            <Icon name="eye" />
            <span>
              Ouvrir le PDF <span className="visually-hidden">(nouvel onglet)</span>
            </span>
          </a>
        )}
        <FileLink
          className={`button ${job.kind === 'PDF' ? 'button-secondary' : 'button-primary'}`}
          href={url}
          size={job.size ?? 0}
        >
          <Icon name="download" />
          <span>Télécharger {job.kind === 'PDF' ? 'le PDF' : 'l’archive'}</span>
        </FileLink>
      </div>
      <span className="muted">
        {job.fileName}
        {job.size ? ` · ${formatSize(job.size)}` : ''} · disponible jusqu’au {formatMoment(job.expiresAt)}
      </span>
    </div>
  )
}

/** The address that shows a file, where the plain one keeps it. */
export function shown(url: string): string {
  return `${url}?voir=1`
}
