import { useId, useState } from 'react'
import { useClient } from 'urql'
import { ChangePolicyDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { today } from '../text/dates'
import { freshKey } from '../text/key'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { ConflictAlert } from './ConflictAlert'
import { NOTHING, outcomeOf, useDesk } from './desk'
import { useAct } from './useAct'

/** Keeps the change: at once, on a date, or once a second administrator has signed it. */
export function SaveDialog({ sentence, onClose }: { sentence: string | undefined; onClose: () => void }) {
  const { platform, version, draft, setDraft, refresh, secondSignature } = useDesk()
  const client = useClient()
  const form = useId()
  const { comment, day } = draft
  const [key] = useState(freshKey)
  const { busy, problem, act } = useAct(async () => {
    const { data, error } = await client.mutation(ChangePolicyDocument, {
      platform,
      add: [...draft.add],
      close: draft.close.map(({ id }) => id),
      baseVersion: version,
      comment,
      effectiveOn: day || null,
      idempotencyKey: key,
    })
    if (data && !error) {
      setDraft(() => NOTHING)
      refresh(outcomeOf(data.changePolicy))
    }
    return problemOf(error)
  })
  return (
    <Dialog
      title="Enregistrer la modification"
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {secondSignature ? 'Proposer à la signature' : day > today() ? 'Programmer' : 'Appliquer maintenant'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="desk-form"
        onSubmit={(event) => {
          event.preventDefault()
          act()
        }}
      >
        <ConflictAlert problem={problem} />
        {sentence && <p className="desk-impact-sentence">{sentence}</p>}
        <TextField
          label="Motif"
          hint="Gardé dans l’historique avec votre nom"
          required
          maxLength={300}
          data-autofocus
          value={comment}
          onChange={({ target }) => setDraft((known) => ({ ...known, comment: target.value }))}
        />
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
      </form>
    </Dialog>
  )
}
