import { Link } from 'wouter'
import { stepNumber } from '../search/criteria'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { Badge } from '../ui/Badge'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { AttachmentZone } from './AttachmentZone'
import { LeavePieces } from './LeavePieces'
import { toSend, useAttachments } from './useAttachments'
import './attachments.css'

/** The attachments of a dossier, on a page of their own, where mails lead. */
export function PiecesPage({ id }: { id: string }) {
  const { dossier, problem, renew } = useAttachments(id)
  usePageTitle(
    dossier ? `Pièces jointes · ${dossier.form} ${dossier.year} · ${dossier.organism.name}` : 'Pièces jointes',
  )
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  if (!dossier) {
    return (
      <div className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Ouverture des pièces jointes…" />}
      </div>
    )
  }
  const { form, year, organism, step, stepLabel, attachments } = dossier
  return (
    <div className="page exchange-page attachments-page">
      <header className="stack">
        <p>
          <Link href={`/dossiers/${id}`}>Revenir au dossier</Link>
        </p>
        <h1>Pièces jointes</h1>
        <p className="row">
          <strong>
            {form} {year} · {organism.name}
          </strong>
          <Badge>
            Étape {stepNumber(step)} – {stepLabel}
          </Badge>
        </p>
      </header>
      {attachments ? (
        <>
          <AttachmentZone {...{ dossier, attachments, renew }} />
          <LeavePieces dossier={id} unsent={dossier.canAttach ? toSend(attachments).length : 0} />
        </>
      ) : (
        <p className="muted">Les pièces jointes de ce dossier ne vous sont pas ouvertes à cette étape.</p>
      )}
    </div>
  )
}
