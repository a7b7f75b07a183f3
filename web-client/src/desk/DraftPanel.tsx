import { useState } from 'react'
import { useQuery } from 'urql'
import { SimulatePolicyChangeDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Button, IconButton } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { NOTHING, isEmpty, toggleClosed, useDesk } from './desk'
import { ImpactView } from './ImpactView'
import { SaveDialog } from './SaveDialog'

/** The change under way: each line of it, what it would do, and the way to keep it or drop it. */
export function DraftPanel() {
  const { draft, setDraft } = useDesk()
  const [isSaving, setSaving] = useState(false)
  if (isEmpty(draft)) return null
  return (
    <section className="desk-card desk-draft" aria-labelledby="draft-title">
      <h3 id="draft-title">Modification en cours</h3>
      <ul className="desk-changes">
        {draft.close.map((line) => (
          <li key={line.id}>
            <del>− {line.text}</del>
            <IconButton
              icon="close"
              label={`Garder la règle ${line.id}`}
              onClick={() => setDraft((known) => toggleClosed(known, line))}
            />
          </li>
        ))}
        {draft.add.map((line) => (
          <li key={line.values.join()}>
            <ins>+ {line.values.join(', ')}</ins>
            <IconButton
              icon="close"
              label="Ne pas ajouter cette règle"
              onClick={() => setDraft((known) => ({ ...known, add: known.add.filter((one) => one !== line) }))}
            />
          </li>
        ))}
      </ul>
      <DraftImpact onSave={() => setSaving(true)} />
      {isSaving && <SaveDialog onClose={() => setSaving(false)} />}
      <p>
        <Button look="quiet" onClick={() => setDraft(() => NOTHING)}>
          Abandonner la modification
        </Button>
      </p>
    </section>
  )
}

/** What the draft would do, asked again at each change of it. */
function DraftImpact({ onSave }: { onSave: () => void }) {
  const { platform, version, draft } = useDesk()
  const [{ data, error, fetching }] = useQuery({
    query: SimulatePolicyChangeDocument,
    variables: { platform, baseVersion: version, add: [...draft.add], close: draft.close.map(({ id }) => id) },
  })
  const problem = problemOf(error)
  if (problem) return <ProblemAlert problem={problem} />
  if (!data || fetching) return <Loading label="Mesure de l’effet sur les dossiers…" />
  const impact = data.simulatePolicyChange
  return (
    <>
      <ImpactView impact={impact} />
      {impact.blocking.length === 0 && (
        <p>
          <Button look="primary" icon="check" onClick={onSave}>
            Enregistrer…
          </Button>
        </p>
      )}
    </>
  )
}
