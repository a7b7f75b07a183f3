import { type RefCallback, useState } from 'react'
import {
  ChangeNatureDocument,
  DeleteDraftDocument,
  EditDraftDocument,
  type Nature,
  PublishMessagesDocument,
} from '../gen/graphql'
import { formatMoment } from '../text/dates'
import { Button, IconButton } from '../ui/Button'
import { TextArea } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { Segmented } from '../ui/Segmented'
import { isKept, useKeptText } from './keptText'
import { TalkSigns } from './TalkMarks'
import type { Talk } from './talks'
import type { Send } from './useSend'
import type { Message, Thread } from './useThreads'
import { NATURES } from './words'

interface Props {
  readonly dossier: string
  readonly thread: Thread
  readonly message: Message
  readonly canWrite: boolean
  readonly busy: boolean
  readonly send: Send
  /** Marks what leaves the card, for the focus to go to its title. */
  readonly leaving: RefCallback<HTMLElement>
}

/** One message: as everybody reads it once published; before, with its author's tools. */
export function MessageItem({ dossier, thread, message, canWrite, busy, send, leaving }: Props) {
  const { id, nature, text, author, organization, writtenAt, publishedAt, mine, canChangeNature } = message
  const isDraft = !publishedAt
  const [isEditing, setEditing] = useState(isKept(dossier, `edit.${id}`))
  const [isDeleting, setDeleting] = useState(false)
  const talk: Talk = { nature, published: !isDraft, open: thread.state === 'OPEN', count: 1, unread: 0 }
  const canTurn = canChangeNature && !isDraft && thread.state === 'OPEN'
  const other = nature === 'QUESTION' ? 'COMMENT' : 'QUESTION'
  return (
    <li ref={leaving} className={`message ${isDraft ? 'message-draft' : ''} ${mine ? 'message-mine' : ''}`}>
      <p className="message-head">
        <TalkSigns talks={[talk]} />
        <strong>{isDraft ? 'Brouillon' : author}</strong>
        <span className="muted">
          {isDraft ? `écrit le ${formatMoment(writtenAt)}` : `${organization} · ${formatMoment(publishedAt)}`}
        </span>
        <span className="visually-hidden">{NATURES[nature]}</span>
      </p>
      {isEditing ? (
        <DraftEditor {...{ dossier, message, busy, send, leaving }} onClose={() => setEditing(false)} />
      ) : (
        <p className="message-text">{text}</p>
      )}
      {!isEditing && (isDraft || canTurn) && (
        <p className="row">
          {isDraft && canWrite && (
            <>
              <Button
                ref={leaving}
                look="quiet"
                icon="send"
                aria-disabled={busy}
                onClick={() => void send(PublishMessagesDocument, { dossier, messages: [id] })}
              >
                Publier
              </Button>
              <IconButton icon="pencil" label="Modifier ce brouillon" onClick={() => setEditing(true)} />
            </>
          )}
          {isDraft && <IconButton icon="trash" label="Supprimer ce brouillon" onClick={() => setDeleting(true)} />}
          {canTurn && (
            <Button
              ref={leaving}
              look="quiet"
              aria-disabled={busy}
              onClick={() => void send(ChangeNatureDocument, { message: id, nature: other })}
            >
              {other === 'QUESTION' ? 'En faire une question' : 'En faire un commentaire'}
            </Button>
          )}
        </p>
      )}
      {isDeleting && (
        <FormDialog
          title="Supprimer ce brouillon ?"
          size="s"
          action="Supprimer"
          look="danger"
          onSend={() => {
            setDeleting(false)
            void send(DeleteDraftDocument, { message: id })
          }}
          onClose={() => setDeleting(false)}
        >
          <p>Son texte est perdu.</p>
        </FormDialog>
      )}
    </li>
  )
}

interface EditorProps extends Pick<Props, 'dossier' | 'message' | 'busy' | 'send' | 'leaving'> {
  readonly onClose: () => void
}

function DraftEditor({ dossier, message, busy, send, leaving, onClose }: EditorProps) {
  const [text, keep] = useKeptText(dossier, `edit.${message.id}`, message.text)
  const [nature, setNature] = useState<Nature>(message.nature)
  const close = () => {
    keep('')
    onClose()
  }
  const save = async () => {
    if (await send(EditDraftDocument, { message: message.id, text: text.trim(), nature })) close()
  }
  return (
    <div className="stack" ref={leaving}>
      <TextArea
        label="Modifier le brouillon"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- its button has just been pressed, and is gone
        autoFocus
        maxLength={5000}
        readOnly={busy}
        value={text}
        onChange={({ target }) => keep(target.value)}
      />
      <Segmented label="Type de message" options={NATURES} value={nature} onChange={setNature} />
      <p className="row">
        <Button look="primary" busy={busy} disabled={!text.trim()} onClick={() => void save()}>
          Enregistrer
        </Button>
        <Button onClick={close}>Annuler</Button>
      </p>
    </div>
  )
}
