import { useRef, useState } from 'react'
import { RemoveAttachmentDocument } from '../gen/graphql'
import { useSend } from '../exchange/useSend'
import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { FileLink } from '../ui/FileLink'
import { FormDialog } from '../ui/FormDialog'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Progress } from '../ui/Progress'
import { AddAttachments } from './AddAttachments'
import { AttachmentTable } from './AttachmentTable'
import { RequiredPieces } from './RequiredPieces'
import { SendAttachments } from './SendAttachments'
import { type AttachedDossier, type Attachment, toSend } from './useAttachments'
import { useUploads } from './useUploads'
import '../exchange/exchange.css'
import './attachments.css'

interface Props {
  readonly dossier: AttachedDossier
  readonly attachments: readonly Attachment[]
  readonly renew: () => void
}

/** The documents joined to a dossier: added, sent, read, taken away (manual §10.2). */
export function AttachmentZone({ dossier, attachments, renew }: Props) {
  const { id, canAttach, attachmentLimit: limit, pieces } = dossier
  const { uploads, renamed, refused, add, resume, holds } = useUploads({ dossier: id, limit, renew })
  const [known] = useState(() => refusedOf(attachments).map((one) => one.id))
  const news = refusedOf(attachments).filter((one) => !known.includes(one.id))
  const [removing, setRemoving] = useState<Attachment>()
  const list = useRef<HTMLElement>(null)
  const waiting = toSend(attachments)
  const readable = attachments.filter(({ state }) => state === 'READY')
  const total = readable.reduce((sum, { size }) => sum + size, 0)
  const busy = new Set(uploads.filter(({ isCut }) => !isCut).map((upload) => upload.id))
  return (
    <div className="exchange-columns">
      <section className="stack" aria-label="Liste des pièces jointes" ref={list} tabIndex={-1}>
        <output className="visually-hidden">
          {news.map(({ name, refusal }) => `${name}\u00a0: refusée. ${refusal}`).join(' ')}
        </output>
        {waiting.length > 0 && (
          <Alert tone="warn" title="Il est nécessaire d’envoyer les pièces jointes pour les rendre visibles de tous.">
            <p>
              {plural(
                waiting.length,
                'pièce jointe n’est pas encore envoyée',
                'pièces jointes ne sont pas encore envoyées',
              )}
              &nbsp;: votre organisation est seule à {waiting.length < 2 ? 'la' : 'les'} voir.
            </p>
            {canAttach && <SendAttachments dossier={id} waiting={waiting} heading={list} />}
          </Alert>
        )}
        {refused.map((sentence) => (
          <Alert key={sentence} tone="bad">
            <p>{sentence}</p>
          </Alert>
        ))}
        {uploads
          .filter(({ isCut }) => isCut)
          .map(({ id: upload, name, problem }) => (
            <Alert key={upload} tone="bad" title={`L’envoi de ${name} est interrompu.`}>
              <p>{problem?.message}</p>
            </Alert>
          ))}
        {renamed.length > 0 && (
          <Alert tone="info" title="Ces documents sont renommés d’après leur type.">
            <ul className="attachments-list">
              {renamed.map(({ original, name }) => (
                <li key={name}>
                  {original} <Icon name="arrowRight" size={15} /> <strong>{name}</strong>
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {uploads
          .filter(({ isCut }) => !isCut)
          .map(({ id: upload, name, sent, size }) => (
            <Progress
              key={upload}
              label={`Envoi de ${name}`}
              done={kilobytes(sent)}
              total={kilobytes(size)}
              unit="Ko"
            />
          ))}
        {attachments.length === 0 && <p className="muted">Aucune pièce jointe pour l’instant.</p>}
        {attachments.length > 0 && (
          <AttachmentTable
            {...{ attachments, canAttach, busy, holds, heading: list }}
            onRemove={setRemoving}
            onResume={resume}
          />
        )}
        {readable.length > 0 && (
          <div>
            <FileLink className="button button-secondary" href={`/dossiers/${id}/attachments.zip`} size={total}>
              <Icon name="archive" />
              <span>Tout télécharger</span>
            </FileLink>
          </div>
        )}
      </section>
      <div className="stack">
        {canAttach && <AddAttachments {...{ pieces, limit }} onAdd={(files, piece) => void add(files, piece)} />}
        <RequiredPieces pieces={pieces} attachments={attachments} />
      </div>
      {removing && <RemoveDialog attachment={removing} onClose={() => setRemoving(undefined)} />}
    </div>
  )
}

function refusedOf(attachments: readonly Attachment[]): readonly Attachment[] {
  return attachments.filter(({ state }) => state === 'REFUSED')
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000)
}

function RemoveDialog({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  const { send, busy, problem } = useSend()
  const remove = async () => {
    if (await send(RemoveAttachmentDocument, { attachment: attachment.id })) onClose()
  }
  return (
    <FormDialog
      title="Retirer cette pièce jointe ?"
      size="s"
      action="Retirer"
      look="danger"
      busy={busy}
      onSend={() => void remove()}
      onClose={onClose}
    >
      <p>«&nbsp;{attachment.name}&nbsp;» n’est pas envoyée&nbsp;: son contenu est supprimé.</p>
      <ProblemAlert problem={problem} />
    </FormDialog>
  )
}
