import { useState } from 'react'
import type { PickedDossier } from '../desk/DossierPicker'
import { Picked } from '../desk/Picked'
import { Swap } from '../desk/Swap'
import { STEPS } from '../search/criteria'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { SelectField, TextField } from '../ui/Field'
import { Answer } from './Answer'
import { DossierChoice } from './DossierChoice'
import { FunctionChoice } from './FunctionChoice'
import { type Whom, ofWhom } from './whom'
import '../desk/desk.css'
import './rights.css'

/** Why someone may or may not, asked from the settings: a dossier, a function, a step, a day. */
export function ExplainDialog({ whom, onClose }: { whom: Whom; onClose: () => void }) {
  const [dossier, setDossier] = useState<PickedDossier>()
  const [right, setRight] = useState('dossier:read')
  const [step, setStep] = useState('')
  const [day, setDay] = useState('')
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
        <SelectField label="Étape" value={step} onChange={({ target }) => setStep(target.value)}>
          <option value="">celle du dossier</option>
          {STEPS.map(({ label }, number) => (
            <option key={label} value={number}>
              {number} – {label}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Jour"
          hint="Aujourd’hui si vous ne le changez pas"
          type="date"
          value={day}
          onChange={({ target }) => setDay(target.value)}
        />
      </div>
      {dossier ? (
        <Answer
          dossier={dossier.id}
          {...{ whom, right }}
          step={step === '' ? undefined : Number(step)}
          day={day || undefined}
          onLeave={onClose}
        />
      ) : (
        <p className="muted">Choisissez un dossier&nbsp;: la réponse vient aussitôt, avec la règle qui en décide.</p>
      )}
    </Dialog>
  )
}
