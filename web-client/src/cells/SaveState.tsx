import { plural } from '../text/numbers'
import { Icon } from '../ui/Icon'
import type { DossierCells } from './dossierCells'
import { useVersion } from './useStore'

/** Whether the server keeps what was typed, in a few words that change as it does. */
export function SaveState({ cells }: { cells: DossierCells }) {
  useVersion(cells.saves)
  const { unsaved, refused, conflicts, saving, offline } = cells.summary()
  const faults = refused + conflicts.length
  const waiting = unsaved - faults
  const tone = offline || faults ? 'bad' : waiting ? 'busy' : 'good'
  return (
    <output className={`save-state save-${tone}`}>
      {tone === 'busy' ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        <Icon name={tone === 'good' ? 'check' : 'alert'} size={16} />
      )}
      {offline
        ? `Connexion perdue : ${plural(waiting, 'saisie gardée', 'saisies gardées')} ici, nouvel essai dans un instant`
        : [
            refused && plural(refused, 'saisie refusée', 'saisies refusées'),
            conflicts.length && plural(conflicts.length, 'conflit'),
            waiting && (saving ? 'Enregistrement…' : plural(waiting, 'saisie en attente', 'saisies en attente')),
          ]
            .filter(Boolean)
            .join(' · ') || 'Tout est enregistré'}
    </output>
  )
}
