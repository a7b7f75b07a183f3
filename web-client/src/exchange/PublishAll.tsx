import { useState } from 'react'
import { PublishMessagesDocument } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { useSend } from './useSend'

/** Publishes every draft that one wrote on a dossier, once one has said so. */
export function PublishAll({ dossier, count }: { dossier: string; count: number }) {
  const [isAsking, setAsking] = useState(false)
  const [published, setPublished] = useState<number>()
  const { send, busy, problem } = useSend()
  const publish = async () => {
    const data = await send(PublishMessagesDocument, { dossier, messages: null })
    if (!data) return
    setPublished(data.publishMessages)
    setAsking(false)
  }
  return (
    <>
      {count > 0 && (
        <p className="unpublished">
          <span>{plural(count, 'message non publié', 'messages non publiés')}</span>
          <Button icon="send" onClick={() => setAsking(true)}>
            Tout publier
          </Button>
        </p>
      )}
      <output className="visually-hidden">
        {published !== undefined && count === 0 && `${plural(published, 'message publié', 'messages publiés')}.`}
      </output>
      {isAsking && (
        <FormDialog
          title="Publier tous vos messages ?"
          size="s"
          action="Publier"
          busy={busy}
          onSend={() => void publish()}
          onClose={() => setAsking(false)}
        >
          <p>
            {plural(count, 'message sera visible', 'messages seront visibles')} de leurs destinataires, qui en seront
            prévenus. Un message publié ne se supprime plus.
          </p>
          <ProblemAlert problem={problem} />
        </FormDialog>
      )}
    </>
  )
}
