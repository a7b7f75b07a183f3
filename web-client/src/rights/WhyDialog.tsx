import { useState } from 'react'
import { useSession } from '../session/session'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Answer, useExplanation } from './Answer'
import { FunctionChoice } from './FunctionChoice'
import { ME } from './whom'
import { WhomField } from './WhomField'
import './rights.css'

interface Props {
  readonly dossier: string
  readonly right: string
  readonly onClose: () => void
}

/** Why one may or may not, asked from the dossier; an administrator asks about those whom he manages too. */
export function WhyDialog({ dossier, right: asked, onClose }: Props) {
  const { viewer } = useSession()
  const [whom, setWhom] = useState(ME)
  const [right, setRight] = useState(asked)
  const { explanation } = useExplanation({ dossier, whom, right })
  return (
    <Dialog
      title={['Pourquoi\u202f?', explanation?.rightLabel].filter(Boolean).join(' ')}
      onClose={onClose}
      footer={
        <Button onClick={onClose} data-autofocus={!viewer?.administersUsers}>
          Fermer
        </Button>
      }
    >
      {viewer?.administersUsers && (
        <div className="why-question">
          <WhomField whom={whom} onChange={setWhom} />
          <FunctionChoice value={right} onChange={setRight} />
        </div>
      )}
      <Answer {...{ dossier, whom, right }} onLeave={onClose} />
    </Dialog>
  )
}
