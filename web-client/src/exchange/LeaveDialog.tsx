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
  /** Whether the messages may be published now: at steps 5 and 6 they are only thrown away. */
  readonly canPublish: boolean
  /** Messages that are being written. */
  readonly started: number
  readonly onStay: () => void
  readonly onPublished: () => void
  readonly onLeave: () => void
}

/** What nobody else sees yet, and what to do about it. */
export function LeaveDialog(props: Props) {
  const { dossier, messages, attachments, canPublish, started, onStay, onPublished, onLeave } = props
  const { send, busy, problem } = useSend()
  const published = canPublish ? messages : 0
  const publish = async () => {
    if (published > 0 && !(await send(PublishMessagesDocument, { dossier, messages: null }))) return
    if (attachments > 0 && !(await send(SendAttachmentsDocument, { dossier }))) return
    onPublished()
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
          {published + attachments > 0 && (
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
            {!canPublish && ' À cette étape, on ne publie plus.'}
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
