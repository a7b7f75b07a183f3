import { type RefObject, useState } from 'react'
import { PublishMessagesDocument } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { useFocusAfter } from '../ui/useFocusAfter'
import { useSend } from './useSend'

interface Props {
  readonly dossier: string
  readonly count: number
  /** What takes the focus once nothing is left to publish. */
  readonly heading: RefObject<HTMLElement | null>
}

/** Publishes every draft that one wrote on a dossier, once one has said so. */
export function PublishAll({ dossier, count, heading }: Props) {
  const leaving = useFocusAfter(heading)
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
        <p className="unpublished" ref={leaving}>
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
