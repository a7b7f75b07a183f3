import { useState } from 'react'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { Dialog } from '../ui/Dialog'
import { type FormWork, type Rights, placeKey } from './useRights'
import { placeName } from './words'

interface Props {
  readonly work: FormWork
  readonly rights: Rights
  readonly onCopy: (targets: readonly FormWork[]) => void
  readonly onClose: () => void
}

/** The same profile, boxes and contact for other forms; nothing is saved yet. */
export function CopyDialog({ work, rights, onCopy, onClose }: Props) {
  const others = rights.works.filter(({ form }) => placeKey(form) !== placeKey(work.form))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(others.map(({ form }) => placeKey(form))))
  const toggle = (key: string) => {
    const next = new Set(chosen)
    if (!next.delete(key)) next.add(key)
    setChosen(next)
  }
  return (
    <Dialog
      title={`Recopier les droits sur ${placeName(work.form)}`}
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button
            look="primary"
            icon="copy"
            disabled={chosen.size === 0}
            onClick={() => onCopy(others.filter(({ form }) => chosen.has(placeKey(form))))}
          >
            Recopier
          </Button>
        </>
      }
    >
      <p>Le profil, les cases et le contact privilégié seront les mêmes pour&nbsp;:</p>
      <div className="stack">
        {others.map(({ form }) => (
          <Checkbox key={placeKey(form)} checked={chosen.has(placeKey(form))} onChange={() => toggle(placeKey(form))}>
            {form.form} · {form.platformName}
          </Checkbox>
        ))}
      </div>
      <p className="muted">Les cases imposées restent comme elles sont. Rien n’est enregistré avant votre accord.</p>
    </Dialog>
  )
}
