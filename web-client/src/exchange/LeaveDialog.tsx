import { PublishMessagesDocument, SendAttachmentsDocument } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemAlert } from '../ui/Problem'
import { useSend } from './useSend'

interface Props {
  readonly dossier: string
  readonly messages: number
  readonly attachments: number
  /** Messages that are being written. */
  readonly started: number
  readonly onStay: () => void
  readonly onLeave: () => void
}

/** What nobody else sees yet, and what to do about it. */
export function LeaveDialog({ dossier, messages, attachments, started, onStay, onLeave }: Props) {
  const { send, busy, problem } = useSend()
  const publish = async () => {
    if (messages > 0 && !(await send(PublishMessagesDocument, { dossier, messages: null }))) return
    if (attachments > 0 && !(await send(SendAttachmentsDocument, { dossier }))) return
    onLeave()
  }
  return (
    <Dialog
      title="Quitter sans publier ?"
      size="s"
      onClose={onStay}
      footer={
        <>
          <Button onClick={onStay} data-autofocus>
            Rester
          </Button>
          <Button onClick={onLeave}>Quitter quand même</Button>
          {messages + attachments > 0 && (
            <Button look="primary" icon="send" busy={busy} onClick={() => void publish()}>
              Publier
            </Button>
          )}
        </>
      }
    >
      <ul className="leave-list">
        {messages > 0 && (
          <li>
            {plural(messages, 'message n’est pas publié', 'messages ne sont pas publiés')}&nbsp;: personne d’autre que
            vous n’en a connaissance.
          </li>
        )}
        {attachments > 0 && (
          <li>
            {plural(attachments, 'pièce jointe n’est pas envoyée', 'pièces jointes ne sont pas envoyées')}&nbsp;:
            personne d’autre que votre organisation ne les voit.
          </li>
        )}
        {started > 0 && (
          <li>
            {plural(started, 'message commencé n’est pas enregistré', 'messages commencés ne sont pas enregistrés')}
            &nbsp;: leur texte vous attendra dans cette fenêtre.
          </li>
        )}
      </ul>
      <ProblemAlert problem={problem} />
    </Dialog>
  )
}
