import type { DialogProps, MoveOpen } from '../dossier/DossierDialogs'
import { TransmitDialog } from './TransmitDialog'
import { AdvanceDialog } from './AdvanceDialog'
import { HandBackDialog, SubstepDialog, TakeBackDialog } from './HandDialogs'
import { InitialiseDialog } from './InitialiseDialog'
import { AnswerReopeningDialog, AskReopeningDialog } from './ReopeningDialogs'

/** The windows that move a dossier, read by the browser when the first of them opens. */
export function MoveDialogs({ open, ...props }: DialogProps & { open: MoveOpen }) {
  switch (open.kind) {
    case 'handBack':
      return <HandBackDialog {...props} />
    case 'takeBack':
      return <TakeBackDialog {...props} />
    case 'substep':
      return <SubstepDialog {...props} />
    case 'askReopening':
      return <AskReopeningDialog {...props} />
    case 'answerReopening':
      return <AnswerReopeningDialog request={open.request} accepted={open.accepted} {...props} />
    case 'move': {
      const { move } = open
      if (move.commitments.length > 0) return <TransmitDialog move={move} {...props} />
      return move.asksContacts ? <InitialiseDialog move={move} {...props} /> : <AdvanceDialog move={move} {...props} />
    }
  }
}
