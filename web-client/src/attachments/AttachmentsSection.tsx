import { ProblemAlert } from '../ui/Problem'
import { AttachmentZone } from './AttachmentZone'
import { useAttachments } from './useAttachments'

/** The attachments of a dossier, within its exchange space; nothing for whoever may not read them. */
export function AttachmentsSection({ id }: { id: string }) {
  const { dossier, problem, renew } = useAttachments(id)
  if (!dossier) return <ProblemAlert problem={problem} />
  if (!dossier.attachments) return null
  return (
    <section className="stack" aria-labelledby="attachments-title">
      <h2 id="attachments-title">Pièces jointes</h2>
      <AttachmentZone {...{ dossier, renew }} attachments={dossier.attachments} />
    </section>
  )
}
