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

export function DownloadLink({ job }: { job: ExportFieldsFragment }) {
  return (
    <div className="download">
      <FileLink className="button button-primary" href={job.downloadUrl ?? ''} size={job.size ?? 0}>
        <Icon name="download" />
        <span>Télécharger {job.kind === 'PDF' ? 'le PDF' : 'l’archive'}</span>
      </FileLink>
      <span className="muted">
        {job.fileName}
        {job.size ? ` · ${formatSize(job.size)}` : ''} · disponible jusqu’au {formatMoment(job.expiresAt)}
      </span>
    </div>
  )
}
