import { useState } from 'react'
import { useQuery } from 'urql'
import {
  DeleteSavedSearchDocument,
  type DossierCriteria,
  SaveSearchDocument,
  SavedSearchesDocument,
  type SavedSearchesQuery,
} from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { Alert } from '../ui/Alert'
import { Button, IconButton } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { type SearchOrder, type SearchPlace, placeOf } from './place'

type Saved = SavedSearchesQuery['savedSearches'][number]

interface Props {
  /** What is shown, if something was searched: it can be kept. */
  readonly criteria: DossierCriteria | undefined
  readonly order: SearchOrder
  readonly onRun: (place: SearchPlace, order: SearchOrder) => void
  readonly onClose: () => void
}

/** The searches that one gave a name: to run, to delete, and the one shown to add. */
export function SavedSearches({ criteria, order, onRun, onClose }: Props) {
  const [{ data, error }, again] = useQuery({ query: SavedSearchesDocument, requestPolicy: 'network-only' })
  const [done, setDone] = useState<string>()
  const renew = (said: string) => {
    setDone(said)
    again({ requestPolicy: 'network-only' })
  }
  const saved = data?.savedSearches
  return (
    <Dialog title="Recherches enregistrées" onClose={onClose} footer={<Button onClick={onClose}>Fermer</Button>}>
      {done && (
        <Alert tone="good">
          <p>{done}</p>
        </Alert>
      )}
      {!saved && !error && <Loading label="Lecture de vos recherches…" />}
      {saved?.length === 0 && <p className="muted">Vous n’avez encore enregistré aucune recherche.</p>}
      {saved && saved.length > 0 && (
        <ul className="saved-searches">
          {saved.map((one) => (
            <SavedLine
              key={one.id}
              saved={one}
              onRun={() => {
                onRun(placeOf(JSON.parse(one.criteria) as DossierCriteria), one)
                onClose()
              }}
              onDeleted={() => renew(`«\u00a0${one.name}\u00a0» est supprimée.`)}
            />
          ))}
        </ul>
      )}
      {criteria ? (
        <SaveForm
          criteria={criteria}
          order={order}
          onSaved={(name) => renew(`«\u00a0${name}\u00a0» est enregistrée.`)}
        />
      ) : (
        <p className="muted">Lancez une recherche pour pouvoir l’enregistrer ici sous un nom.</p>
      )}
    </Dialog>
  )
}

function SavedLine({ saved, onRun, onDeleted }: { saved: Saved; onRun: () => void; onDeleted: () => void }) {
  const { send, busy, problem } = useOnce()
  const drop = async () => {
    if (await send(DeleteSavedSearchDocument, { id: saved.id })) onDeleted()
  }
  return (
    <li>
      <Button look="quiet" icon="search" onClick={onRun}>
        {saved.name}
      </Button>
      <IconButton icon="trash" label={`Supprimer ${saved.name}`} disabled={busy} onClick={() => void drop()} />
      <ProblemAlert problem={problem} />
    </li>
  )
}

interface SaveProps extends Pick<Props, 'order'> {
  readonly criteria: DossierCriteria
  readonly onSaved: (name: string) => void
}

function SaveForm({ criteria, order, onSaved }: SaveProps) {
  const [name, setName] = useState('')
  const { send, busy, problem } = useOnce()
  const isTaken = problem?.code === 'SAVED_SEARCH_NAMED'
  const save = async (replace: boolean) => {
    const { sort, descending } = order
    const data = await send(SaveSearchDocument, { name: name.trim(), criteria, sort, descending, replace })
    if (!data) return
    setName('')
    onSaved(data.saveSearch.name)
  }
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void save(false)
      }}
    >
      <TextField
        label="Enregistrer la recherche affichée sous le nom"
        maxLength={80}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <ProblemAlert problem={problem}>
        {isTaken && <Button onClick={() => void save(true)}>Remplacer la recherche de ce nom</Button>}
      </ProblemAlert>
      <Button type="submit" icon="bookmark" busy={busy} disabled={!name.trim()}>
        Enregistrer
      </Button>
    </form>
  )
}
