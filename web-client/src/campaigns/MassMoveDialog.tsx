import { useState } from 'react'
import { useClient } from 'urql'
import { StartMassMoveDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { freshKey } from '../text/key'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { SelectField, TextArea } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import type { ActProps } from './ActDialog'
import type { MassMoveChoice } from './campaign'
import { MassReport } from './MassReport'

/** Asks for one move of many dossiers, then follows it until each has moved or was refused. */
export function MassMoveDialog({ dossiers, moves, onClose, onDone }: ActProps & { moves: readonly MassMoveChoice[] }) {
  const client = useClient()
  const { busy, problem, act } = useAct()
  const [name, setName] = useState(moves[0]?.name ?? '')
  const [reason, setReason] = useState('')
  const [key, setKey] = useState(freshKey)
  const [started, setStarted] = useState<string>()
  const move = moves.find((one) => one.name === name)
  const send = async () => {
    const variables = { dossiers: [...dossiers], move: name, reason: reason.trim() || null, key }
    const sent = await act(() => client.mutation(StartMassMoveDocument, variables).toPromise())
    if (sent) setStarted(sent.startMassMove.id)
    else setKey(freshKey())
  }
  if (started) {
    const close = () => onDone('Le compte rendu reste dans «\u00a0Changements en nombre\u00a0».')
    return (
      <Dialog title="Compte rendu" size="l" onClose={close} footer={<Button onClick={close}>Fermer</Button>}>
        <MassReport id={started} />
      </Dialog>
    )
  }
  return (
    <FormDialog
      title={`Changer l’étape de ${plural(dossiers.length, 'dossier')}`}
      action="Changer d’étape"
      busy={busy}
      ready={Boolean(move) && (!move?.asksReason || reason.trim() !== '')}
      onSend={() => void send()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      {moves.length === 0 ? (
        <p>
          Aucun passage ne se fait en nombre depuis l’étape de ces dossiers. La transmission engage une personne,
          dossier par dossier.
        </p>
      ) : (
        <>
          <p>
            Chaque dossier passe pour lui-même, avec ses contrôles et vos droits&nbsp;; un compte rendu dit ceux qui
            sont passés, et pourquoi les autres ne le sont pas.
          </p>
          <SelectField label="Passage" value={name} data-autofocus onChange={({ target }) => setName(target.value)}>
            {moves.map((one) => (
              <option key={one.name} value={one.name}>
                {one.label}
              </option>
            ))}
          </SelectField>
          <TextArea
            label={move?.asksReason ? 'Motif' : 'Motif (facultatif)'}
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </>
      )}
    </FormDialog>
  )
}
