import { useState } from 'react'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { FormDialog } from '../ui/FormDialog'
import { type Column, ordered } from './columns'

interface Props {
  readonly offered: readonly Column[]
  readonly usual: readonly string[]
  readonly shown: readonly string[]
  readonly onSave: (columns: readonly string[]) => void
  readonly onClose: () => void
}

/** Which columns the results show; the organism's stays, for it names each line. */
export function ColumnsDialog({ offered, usual, shown, onSave, onClose }: Props) {
  const [chosen, setChosen] = useState(shown)
  const toggle = (key: string) =>
    setChosen(ordered(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]))
  return (
    <FormDialog
      title="Colonnes affichées"
      size="s"
      action="Afficher ces colonnes"
      onSend={() => onSave(chosen)}
      onClose={onClose}
    >
      <p>Votre choix est conservé, et vaut aussi pour les exports et l’impression de la liste.</p>
      <fieldset className="columns-list">
        <legend className="visually-hidden">Colonnes</legend>
        {offered.map(({ key, label }) => (
          <Checkbox key={key} checked={chosen.includes(key)} disabled={key === 'name'} onChange={() => toggle(key)}>
            {label}
          </Checkbox>
        ))}
      </fieldset>
      <Button look="quiet" onClick={() => setChosen(usual)}>
        Colonnes d’origine
      </Button>
    </FormDialog>
  )
}
