import { PublishMessagesDocument, SendAttachmentsDocument } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemAlert } from '../ui/Problem'
import { useSend } from './useSend'

interface Props {
  readonly dossier: string
  readonly messages: number
  /** Attachments that may be sent now. */
  readonly attachments: number
  /** Those that wait for the antivirus, and those that are not all there: neither may be sent. */
  readonly checked: number
  readonly arriving: number
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
  const { dossier, messages, attachments, checked, arriving, canPublish, started, onStay, onPublished, onLeave } = props
  const { send, busy, problem } = useSend()
  const published = canPublish ? messages : 0
  const publish = async () => {
    if (published > 0 && !(await send(PublishMessagesDocument, { dossier, messages: null }))) return
    if (attachments > 0 && !(await send(SendAttachmentsDocument, { dossier }))) return
    onPublished()
  }
  return (
    <Dialog
      title={messages + started > 0 ? 'Quitter sans publier\u202f?' : 'Quitter sans envoyer\u202f?'}
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
              {published > 0 ? 'Publier' : 'Envoyer'}
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
        {checked > 0 && (
          <li>
            {plural(
              checked,
              'pièce jointe attend l’antivirus et ne peut pas être envoyée',
              'pièces jointes attendent l’antivirus et ne peuvent pas être envoyées',
            )}
            .
          </li>
        )}
        {arriving > 0 && (
          <li>
            {plural(
              arriving,
              'pièce jointe n’est pas arrivée en entier et ne peut pas être envoyée',
              'pièces jointes ne sont pas arrivées en entier et ne peuvent pas être envoyées',
            )}
            .
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
