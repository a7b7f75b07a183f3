import type { OpenDialog } from '../dossier/DossierDialogs'
import type { DossierData } from '../dossier/useDossier'
import { stepNumber } from '../search/criteria'
import { Button } from '../ui/Button'

interface Props {
  readonly dossier: DossierData
  readonly onOpen: (dialog: OpenDialog) => void
}

/** What moves the dossier from here, for who may. */
export function MoveButtons({ dossier, onOpen }: Props) {
  const { moves, step, rights, handedBackAt } = dossier
  const number = stepNumber(step)
  return (
    <>
      {rights.includes('reopening:ask') && (
        <Button onClick={() => onOpen({ kind: 'askReopening' })}>Demander le retour en étape 4</Button>
      )}
      {rights.includes('dossier:hand_back') &&
        (handedBackAt ? (
          <Button look="primary" onClick={() => onOpen({ kind: 'takeBack' })}>
            Reprendre le dossier
          </Button>
        ) : (
          <Button onClick={() => onOpen({ kind: 'handBack' })}>Remettre à l’organisme</Button>
        ))}
      {moves
        .filter((move) => move.allowed)
        .map((move) => {
          const isForward = stepNumber(move.target) > number
          return (
            <Button
              key={move.name}
              look={isForward ? 'primary' : 'secondary'}
              icon={isForward ? 'send' : undefined}
              onClick={() => onOpen({ kind: 'move', move })}
            >
              {move.label}
            </Button>
          )
        })}
    </>
  )
}
