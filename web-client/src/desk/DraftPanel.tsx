import { useState } from 'react'
import { useQuery } from 'urql'
import { SimulatePolicyChangeDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Button, IconButton } from '../ui/Button'
import { Loading } from '../ui/Progress'
import { type Line, NOTHING, isEmpty, toggleClosed, useDesk } from './desk'
import { ImpactView } from './ImpactView'
import { ConflictAlert } from './ConflictAlert'
import { mayBeSent } from './measure'
import { Unmeasured } from './Unmeasured'
import { SaveDialog } from './SaveDialog'

/** The change under way: each line of it, what it would do, and the way to keep it or drop it. */
export function DraftPanel() {
  const { platform, version, draft, setDraft } = useDesk()
  const [isSaving, setSaving] = useState(false)
  const [{ data, error, fetching }] = useQuery({
    query: SimulatePolicyChangeDocument,
    variables: { platform, baseVersion: version, add: [...draft.add], close: draft.close.map(({ id }) => id) },
    pause: isEmpty(draft),
  })
  if (isEmpty(draft)) return null
  const problem = fetching ? undefined : problemOf(error)
  const impact = fetching || problem ? undefined : data?.simulatePolicyChange
  return (
    <section className="desk-card desk-draft" aria-labelledby="draft-title">
      <h3 id="draft-title">Modification en cours</h3>
      <DraftLines words={impact?.added} isRefused={problem !== undefined} />
      <ConflictAlert problem={problem} />
      <Unmeasured problem={problem} />
      {impact && <ImpactView impact={impact} />}
      {!impact && !problem && <Loading label="Mesure de l’effet sur les dossiers…" />}
      <span className="row">
        {mayBeSent({ impact, problem }) && (
          <Button look="primary" icon="check" onClick={() => setSaving(true)}>
            Enregistrer…
          </Button>
        )}
        <Button look="quiet" onClick={() => setDraft(() => NOTHING)}>
          Abandonner la modification
        </Button>
      </span>
      {isSaving && <SaveDialog sentence={impact?.sentence} onClose={() => setSaving(false)} />}
    </section>
  )
}

/** `words`: the added lines, as the server tells them in the same order. */
function DraftLines({ words, isRefused }: { words: readonly Line[] | undefined; isRefused: boolean }) {
  const { draft, setDraft } = useDesk()
  // As it is written where the server cannot tell it; its article alone until it has.
  const tell = (at: number, values: readonly string[]) =>
    words?.[at]?.text ?? (isRefused ? values.join(', ') : `${values.at(-1)}…`)
  return (
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
      {draft.add.map((line, at) => (
        <li key={line.values.join()}>
          <ins>+ {tell(at, line.values)}</ins>
          <IconButton
            icon="close"
            label={`Ne pas ajouter la règle «\u00a0${tell(at, line.values)}\u00a0»`}
            onClick={() => setDraft((known) => ({ ...known, add: known.add.filter((one) => one !== line) }))}
          />
        </li>
      ))}
    </ul>
  )
}
