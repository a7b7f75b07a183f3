import { useState } from 'react'
import { useQuery } from 'urql'
import type { DossierData } from '../dossier/useDossier'
import { ColleaguesDocument, DelegateDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useOnce } from '../graphql/useOnce'
import { today } from '../text/dates'
import { SelectField, TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'

interface Props {
  readonly dossier: DossierData
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Lets a colleague answer one's visas, on this form or on all those of its platform. */
export function DelegateDialog({ dossier, onClose, onDone }: Props) {
  const { send, busy, problem } = useOnce()
  const [search, setSearch] = useState('')
  const [delegate, setDelegate] = useState('')
  const [covers, setCovers] = useState<'form' | 'all'>('form')
  const [since, setSince] = useState(today)
  const [until, setUntil] = useState('')
  const [{ data, error }] = useQuery({ query: ColleaguesDocument, variables: { search } })
  const give = async () => {
    const form = covers === 'form' ? dossier.form : null
    const said = { delegate, platform: dossier.platform.code, form, since, until }
    if (await send(DelegateDocument, said)) onDone()
  }
  return (
    <FormDialog
      title="Déléguer mes visas"
      action="Déléguer"
      busy={busy}
      ready={Boolean(delegate && since && until)}
      onSend={() => void give()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem ?? problemOf(error)} />
      <p>
        Cette personne répondra à votre place, son nom à côté du vôtre. Elle n’y gagne aucun droit&nbsp;: elle doit
        pouvoir lire le dossier, et vous devez encore pouvoir répondre vous-même.
      </p>
      <TextField
        label="Chercher un nom"
        icon="search"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <SelectField
        label="À qui"
        required
        value={delegate}
        hint={data?.colleagues.length === 0 ? 'Personne de votre organisation ne porte ce nom.' : undefined}
        onChange={(event) => setDelegate(event.target.value)}
      >
        <option value="">Choisir…</option>
        {data?.colleagues.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Pour"
        value={covers}
        onChange={(event) => setCovers(event.target.value === 'all' ? 'all' : 'form')}
      >
        <option value="form">Les dossiers {dossier.form}</option>
        <option value="all">Tous les formulaires de la plateforme</option>
      </SelectField>
      <div className="fields">
        <TextField label="Du" type="date" required value={since} onChange={(event) => setSince(event.target.value)} />
        <TextField
          label="Au (inclus)"
          type="date"
          required
          min={since > today() ? since : today()}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </div>
    </FormDialog>
  )
}
