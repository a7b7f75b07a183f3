import { useState } from 'react'
import { useClient } from 'urql'
import { RollbackPolicyDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { freshKey } from '../text/key'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { outcomeOf, useDesk } from './desk'
import { DifferenceView } from './DifferenceView'
import type { Version } from './HistorySection'

/** The way back to a version: what it would put back and take away, and why one goes back. */
export function RollbackDialog({ version, onClose }: { version: Version; onClose: () => void }) {
  const { platform, version: current, refresh } = useDesk()
  const client = useClient()
  const [comment, setComment] = useState(`Retour à la version ${version.version}`)
  const [key] = useState(freshKey)
  const { busy, problem, act } = useAct()
  const rollBack = async () => {
    const variables = { platform, to: version.version, comment, idempotencyKey: key }
    const data = await act(() => client.mutation(RollbackPolicyDocument, variables).toPromise())
    if (data) refresh(outcomeOf(data.rollbackPolicy))
  }
  return (
    <Dialog
      title={`Revenir à la version ${version.version} ?`}
      size="l"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Annuler
          </Button>
          <Button look="danger" busy={busy} disabled={comment.trim() === ''} onClick={() => void rollBack()}>
            Revenir à cette version
          </Button>
        </>
      }
    >
      <ProblemAlert problem={problem} />
      <p>
        Une nouvelle version remettra les règles de la plateforme comme elles étaient&nbsp;; les droits des utilisateurs
        ne bougent pas, et rien n’est effacé de l’historique.
      </p>
      <TextField
        label="Motif"
        required
        maxLength={300}
        value={comment}
        onChange={({ target }) => setComment(target.value)}
      />
      <DifferenceView from={current} to={version.version} />
    </Dialog>
  )
}
