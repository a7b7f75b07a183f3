import { type RefObject, useState } from 'react'
import { SendAttachmentsDocument } from '../gen/graphql'
import { useSend } from '../exchange/useSend'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { useFocusAfter } from '../ui/useFocusAfter'
import type { Attachment } from './useAttachments'

interface Props {
  readonly dossier: string
  readonly waiting: readonly Attachment[]
  /** What takes the focus once nothing is left to send. */
  readonly heading: RefObject<HTMLElement | null>
}

/** Sends whatever one's organization has added, once one has said so. */
export function SendAttachments({ dossier, waiting, heading }: Props) {
  const leaving = useFocusAfter(heading)
  const [isAsking, setAsking] = useState(false)
  const { send, busy, problem } = useSend()
  const confirm = async () => {
    if (await send(SendAttachmentsDocument, { dossier })) setAsking(false)
  }
  return (
    <>
      <p className="row" ref={leaving}>
        <Button look="primary" icon="send" onClick={() => setAsking(true)}>
          Envoyer les pièces jointes
        </Button>
      </p>
      {isAsking && (
        <FormDialog
          title="Envoyer les pièces jointes ?"
          size="s"
          action="Envoyer"
          busy={busy}
          onSend={() => void confirm()}
          onClose={() => setAsking(false)}
        >
          <p>
            {plural(waiting.length, 'pièce jointe sera visible', 'pièces jointes seront visibles')} de tous ceux qui
            lisent les pièces jointes de ce dossier, et les contacts privilégiés en seront prévenus. Une pièce jointe
            envoyée ne se retire plus.
          </p>
          <ul className="attachments-list">
            {waiting.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
          <ProblemAlert problem={problem} />
        </FormDialog>
      )}
    </>
  )
}
