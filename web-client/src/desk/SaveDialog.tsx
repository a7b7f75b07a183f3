import { useState } from 'react'
import { useClient } from 'urql'
import { ChangePolicyDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { today } from '../text/dates'
import { freshKey } from '../text/key'
import { TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ConflictAlert } from './ConflictAlert'
import { NOTHING, outcomeOf, useDesk } from './desk'
import { ReasonField } from './ReasonField'

/** Keeps the change: at once, on a date, or once a second administrator has signed it. */
export function SaveDialog({ sentence, onClose }: { sentence: string | undefined; onClose: () => void }) {
  const { platform, version, draft, setDraft, refresh, secondSignature } = useDesk()
  const client = useClient()
  const { comment, day } = draft
  const [key] = useState(freshKey)
  const { busy, problem, act } = useAct()
  const save = async () => {
    const variables = {
      platform,
      add: [...draft.add],
      close: draft.close.map(({ id }) => id),
      baseVersion: version,
      comment,
      effectiveOn: day || null,
      idempotencyKey: key,
    }
    const data = await act(() => client.mutation(ChangePolicyDocument, variables).toPromise())
    if (!data) return
    setDraft(() => NOTHING)
    refresh(outcomeOf(data.changePolicy))
  }
  const now = day > today() ? 'Programmer' : 'Appliquer maintenant'
  return (
    <FormDialog
      title="Enregistrer la modification"
      size="s"
      action={secondSignature ? 'Proposer à la signature' : now}
      busy={busy}
      onSend={() => void save()}
      onClose={onClose}
    >
      <ConflictAlert problem={problem} />
      {sentence && <p className="desk-impact-sentence">{sentence}</p>}
      <ReasonField value={comment} onChange={(reason) => setDraft((known) => ({ ...known, comment: reason }))} />
      <TextField
        label="Date d’effet"
        hint="Laissez vide pour l’appliquer tout de suite"
        type="date"
        min={today()}
        value={day}
        onChange={({ target }) => setDraft((known) => ({ ...known, day: target.value }))}
      />
      {secondSignature && (
        <p>La plateforme demande une seconde signature&nbsp;: un autre administrateur devra la signer.</p>
      )}
    </FormDialog>
  )
}
