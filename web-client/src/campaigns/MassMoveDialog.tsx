import { useState } from 'react'
import { StartMassMoveDocument } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { formatCount, plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { SelectField, TextArea } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import type { ActProps } from './ActDialog'
import type { MassMoveChoice } from './campaign'
import { MassReport } from './MassReport'

interface Props extends ActProps {
  readonly moves: readonly MassMoveChoice[]
  readonly shown: number
}

/** Asks for one move of many dossiers, then follows it until each has moved or was refused. */
export function MassMoveDialog({ dossiers, moves, shown, onClose, onDone }: Props) {
  const { send, busy, problem } = useOnce()
  const [name, setName] = useState(moves[0]?.name ?? '')
  const [reason, setReason] = useState('')
  const [started, setStarted] = useState<string>()
  const move = moves.find((one) => one.name === name)
  const start = async () => {
    const variables = { dossiers: [...dossiers], move: name, reason: reason.trim() || null }
    const sent = await send(StartMassMoveDocument, variables)
    if (sent) setStarted(sent.startMassMove.id)
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
      onSend={() => void start()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      {shown < dossiers.length && (
        <Alert tone="info">
          <p>
            Les passages proposés sont ceux {shown < 2 ? 'du dossier affiché' : `des ${shown} dossiers affichés`}, sur
            les {formatCount(dossiers.length)} choisis. Pour en voir d’autres, cherchez les dossiers d’une seule étape.
          </p>
        </Alert>
      )}
      {moves.length === 0 ? (
        <p>
          Aucun passage ne se fait en nombre depuis l’étape de ces dossiers. La transmission engage une personne,
          dossier par dossier.
        </p>
      ) : (
        <>
          <p>
            Chaque dossier passe pour lui-même, avec ses contrôles et vos droits. Celui qui est à une autre étape que
            celle du passage est refusé&nbsp;; un compte rendu dit ceux qui sont passés, et pourquoi les autres ne le
            sont pas.
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
