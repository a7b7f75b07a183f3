import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { CreateLabelDocument, type LabelTone, LabelsDocument, SetLabelsDocument } from '../gen/graphql'
import { useOnce } from '../graphql/useOnce'
import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { SelectField, TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { LabelBadge } from './LabelBadge'
import { type Change, changed, heldBy } from './labelling'
import type { FoundLabel, Search } from './useSearch'
import { TONES } from './words'

/** How many dossiers may be labelled at once. */
const MOST = 2000

interface Props {
  readonly search: Search
  readonly isChosen: (id: string) => boolean
  readonly count: number
  readonly onClose: () => void
}

/** Puts labels on the dossiers chosen, and takes others away; what is left as it was is not touched. */
export function LabelsDialog({ search, isChosen, count, onClose }: Props) {
  const { rows, total = 0, reach, relabel } = search
  const chosen = rows.filter(({ id }) => isChosen(id))
  const isTooMany = count > MOST
  const isRead = isTooMany || chosen.length >= count
  useEffect(() => {
    // All are chosen, and all must be known by name to be labelled.
    if (!isRead && rows.length < total) reach(rows.length)
  }, [isRead, rows.length, total, reach])
  const [{ data, error }, again] = useQuery({ query: LabelsDocument, requestPolicy: 'network-only' })
  const [wanted, setWanted] = useState<Change>({})
  const { send, busy, problem } = useOnce()
  const labels = data?.labels
  const save = async () => {
    const add = Object.keys(wanted).filter((id) => wanted[id])
    const remove = Object.keys(wanted).filter((id) => !wanted[id])
    const sent = await send(SetLabelsDocument, { dossiers: chosen.map(({ id }) => id), add, remove })
    if (!sent) return
    relabel((found) => (isChosen(found.id) ? changed(found.labels, labels ?? [], wanted) : found.labels))
    onClose()
  }
  return (
    <FormDialog
      title="Étiquettes"
      size="s"
      action="Appliquer"
      busy={busy}
      ready={isRead && !isTooMany && Object.keys(wanted).length > 0}
      onSend={() => void save()}
      onClose={onClose}
    >
      <p>
        Sur {plural(count, 'dossier choisi', 'dossiers choisis')}. Votre organisation est seule à voir ses étiquettes.
      </p>
      {isTooMany && (
        <Alert tone="warn">
          <p>Choisissez 2 000 dossiers au plus pour changer leurs étiquettes.</p>
        </Alert>
      )}
      {(!isRead || (!labels && !error)) && <Loading label="Lecture des dossiers choisis…" />}
      {labels?.length === 0 && <p className="muted">Votre organisation n’a encore aucune étiquette.</p>}
      {isRead && labels && labels.length > 0 && (
        <fieldset className="columns-list">
          <legend className="visually-hidden">Étiquettes</legend>
          {labels.map((label) => (
            <LabelBox key={label.id} label={label} held={heldBy(chosen, label.id)} wanted={wanted} onWant={setWanted} />
          ))}
        </fieldset>
      )}
      <NewLabel
        onMade={({ id }) => {
          again({ requestPolicy: 'network-only' })
          setWanted({ ...wanted, [id]: true })
        }}
      />
      <ProblemAlert problem={problem} />
    </FormDialog>
  )
}

interface BoxProps {
  readonly label: FoundLabel
  readonly held: 'all' | 'some' | 'none'
  readonly wanted: Change
  readonly onWant: (wanted: Change) => void
}

function LabelBox({ label, held, wanted, onWant }: BoxProps) {
  const asked = wanted[label.id]
  return (
    <Checkbox
      checked={asked ?? held === 'all'}
      partly={asked === undefined && held === 'some'}
      onChange={({ target }) => onWant({ ...wanted, [label.id]: target.checked })}
    >
      <LabelBadge label={label} />
    </Checkbox>
  )
}

function NewLabel({ onMade }: { onMade: (label: FoundLabel) => void }) {
  const [name, setName] = useState('')
  const [tone, setTone] = useState<LabelTone>('BLUE')
  const { send, busy, problem } = useOnce()
  const make = async () => {
    const data = await send(CreateLabelDocument, { name: name.trim(), tone })
    if (!data) return
    setName('')
    onMade(data.createLabel)
  }
  return (
    <details className="aside">
      <summary>Nouvelle étiquette</summary>
      <div className="new-label">
        <TextField label="Nom" maxLength={40} value={name} onChange={({ target }) => setName(target.value)} />
        <SelectField label="Couleur" value={tone} onChange={({ target }) => setTone(target.value as LabelTone)}>
          {Object.entries(TONES).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <Button busy={busy} disabled={!name.trim()} onClick={() => void make()}>
          Créer
        </Button>
      </div>
      <ProblemAlert problem={problem} />
    </details>
  )
}
