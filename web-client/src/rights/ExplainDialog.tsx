import { useState } from 'react'
import type { PickedDossier } from '../desk/DossierPicker'
import { Picked } from '../desk/Picked'
import { Swap } from '../desk/Swap'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Answer } from './Answer'
import { DossierChoice } from './DossierChoice'
import { FunctionChoice } from './FunctionChoice'
import { type When, WhenFields } from './WhenFields'
import { type Whom, ofWhom } from './whom'
import '../desk/desk.css'
import './rights.css'

/** Why someone may or may not, asked from the settings: a dossier, a function, a step, a day. */
export function ExplainDialog({ whom, onClose }: { whom: Whom; onClose: () => void }) {
  const [dossier, setDossier] = useState<PickedDossier>()
  const [right, setRight] = useState('dossier:read')
  const [when, setWhen] = useState<When>({})
  return (
    <Dialog
      title={`Expliquer les droits ${ofWhom(whom)}`}
      size="l"
      onClose={onClose}
      footer={<Button onClick={onClose}>Fermer</Button>}
    >
      <Swap on={dossier?.id}>
        {dossier ? (
          <Picked label="Dossier" name={dossier.name} onForget={() => setDossier(undefined)} />
        ) : (
          <DossierChoice onPick={setDossier} />
        )}
      </Swap>
      <div className="why-question">
        <FunctionChoice value={right} onChange={setRight} />
        <WhenFields when={when} onChange={setWhen} />
      </div>
      {dossier ? (
        <Answer dossier={dossier.id} {...{ whom, right, ...when }} onLeave={onClose} />
      ) : (
        <p className="muted">Choisissez un dossier&nbsp;: la réponse vient aussitôt, avec la règle qui en décide.</p>
      )}
    </Dialog>
  )
}
