import { DossierPageHead } from '../dossier/DossierPageHead'
import { LeaveUnpublished } from '../exchange/LeaveUnpublished'
import { useExchange } from '../exchange/useExchange'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { AttachmentZone } from './AttachmentZone'
import { useAttachments } from './useAttachments'
import './attachments.css'

/** The attachments of a dossier, on a page of their own, where mails lead. */
export function PiecesPage({ id }: { id: string }) {
  const { dossier, problem, renew } = useAttachments(id)
  const exchange = useExchange(id, true)
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
  const { attachments } = dossier
  return (
    <div className="exchange-page attachments-page">
      <DossierPageHead {...{ id, dossier }} title="Pièces jointes" />
      {attachments ? (
        <AttachmentZone {...{ dossier, attachments, renew }} />
      ) : (
        <p className="muted">Les pièces jointes de ce dossier ne vous sont pas ouvertes à cette étape.</p>
      )}
      <LeaveUnpublished dossier={id} exchange={exchange.data} within={`/dossiers/${id}/pieces`} />
    </div>
  )
}
