import { type FormEvent, useState } from 'react'
import { useClient } from 'urql'
import { type OrganizationCardFieldsFragment, UpdateOrganizationDocument } from '../gen/graphql'
import { LeaveGuard } from '../shell/LeaveGuard'
import { groupDigits } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { TextArea, TextField } from '../ui/Field'
import { Refusal } from './Refusal'
import { isConflict, useAct } from '../graphql/useAct'
import { useForm } from './useForm'
import { useSettled } from './useSettled'

type Card = OrganizationCardFieldsFragment
type Name = 'name' | 'shortName' | 'address' | 'phone' | 'email'

const LABELS: Readonly<Record<Name, string>> = {
  name: 'Raison sociale',
  shortName: 'Nom court',
  address: 'Adresse',
  phone: 'Téléphone',
  email: 'Adresse électronique',
}
const REQUIRED: readonly Name[] = ['name', 'shortName']
const NAMES = Object.keys(LABELS) as Name[]

interface Props {
  readonly card: Card
  readonly onRefresh: () => void
}

/** The organization's card (manual §11.2.1), read, or changed by whoever may. */
export function OrganizationSection({ card, onRefresh }: Props) {
  const [isEditing, setEditing] = useState(false)
  const [isSaved, setSaved] = useState(false)
  return (
    <section className="people-card people-section" aria-labelledby="organisation">
      <header className="people-bar">
        <h2 id="organisation">Fiche de l’organisation</h2>
        {card.editable && !isEditing && (
          <Button icon="pencil" onClick={() => setEditing(true)}>
            Modifier la fiche
          </Button>
        )}
      </header>
      {isSaved && !isEditing && (
        <Alert tone="good" onClose={() => setSaved(false)}>
          <p>La fiche est enregistrée.</p>
        </Alert>
      )}
      {isEditing ? (
        <CardForm
          {...{ card, onRefresh }}
          onClose={(saved) => {
            setEditing(false)
            setSaved(saved)
          }}
        />
      ) : (
        <Facts card={card} />
      )}
    </section>
  )
}

function Facts({ card }: { card: Card }) {
  return (
    <dl className="people-dl">
      {NAMES.map((name) => (
        <div key={name} className={name === 'address' ? 'people-address' : undefined}>
          <dt>{LABELS[name]}</dt>
          <dd>{card[name] || '–'}</dd>
        </div>
      ))}
      {card.siren && (
        <div>
          <dt>SIREN</dt>
          <dd className="numeric">{groupDigits(card.siren)}</dd>
        </div>
      )}
    </dl>
  )
}

function CardForm({ card, onRefresh, onClose }: Props & { onClose: (saved: boolean) => void }) {
  const client = useClient()
  const { form, set, changed, theirs } = useForm(pick(card))
  const [isTried, setTried] = useState(false)
  const { busy, problem, act, forget } = useAct()
  const settling = useSettled(card.version, () => onClose(true))
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    const missing = REQUIRED.find((name) => !form[name].trim())
    if (missing) return event.currentTarget.querySelector<HTMLElement>(`[name=${missing}]`)?.focus()
    const { id, version } = card
    const done = await act(() => client.mutation(UpdateOrganizationDocument, { id, version, ...form }).toPromise())
    if (done) settling.wait()
  }
  const field = (name: Name) => ({
    label: LABELS[name],
    name,
    value: form[name],
    error: errorOf(name),
    hint: theirs[name] === undefined ? undefined : `Enregistré entre-temps : ${theirs[name] || 'vide'}`,
    onChange: ({ target }: { target: { value: string } }) => set({ ...form, [name]: target.value }),
  })
  const errorOf = (name: Name) => {
    if (isTried && REQUIRED.includes(name) && !form[name].trim()) return 'Ce champ est obligatoire.'
    return problem?.path?.at(-1) === name ? problem.message : undefined
  }
  return (
    <form className="stack people-form" noValidate onSubmit={(event) => void submit(event)}>
      <LeaveGuard count={settling.isWaiting ? 0 : changed.length} />
      <Refusal problem={problem}>
        {isConflict(problem) && (
          <Button look="quiet" icon="refresh" onClick={() => (forget(), onRefresh())}>
            Relire la fiche, en gardant mes saisies
          </Button>
        )}
      </Refusal>
      <div className="people-fields">
        <TextField {...field('name')} required maxLength={200} />
        <TextField {...field('shortName')} required maxLength={60} />
        <TextField {...field('phone')} type="tel" maxLength={30} />
        <TextField {...field('email')} type="email" maxLength={200} />
        <div className="people-wide">
          <TextArea {...field('address')} maxLength={300} />
        </div>
      </div>
      <div className="people-buttons">
        <Button type="submit" look="primary" busy={busy || settling.isWaiting} disabled={changed.length === 0}>
          Enregistrer
        </Button>
        <Button onClick={() => onClose(false)}>Annuler</Button>
      </div>
    </form>
  )
}

function pick({ name, shortName, address, phone, email }: Card): Record<Name, string> {
  return { name, shortName, address, phone, email }
}
