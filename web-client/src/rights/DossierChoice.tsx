import { useDeferredValue, useState } from 'react'
import { useQuery } from 'urql'
import { Choices } from '../desk/Choices'
import type { PickedDossier } from '../desk/DossierPicker'
import { OrganizationCardDocument, SearchDossiersDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { plural } from '../text/numbers'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'

const MOST = 6
const YEAR = /^\d{4}$/

/** One of the dossiers that the viewer may read, by what its title says, its form and its year. */
export function DossierChoice({ onPick }: { onPick: (dossier: PickedDossier) => void }) {
  const [text, setText] = useState('')
  const [form, setForm] = useState('')
  const [year, setYear] = useState('')
  const search = useDeferredValue(text.trim())
  const [{ data: own }] = useQuery({ query: OrganizationCardDocument, variables: { id: null } })
  const forms = [...new Set(own?.organizationCard.places.map((place) => place.form))]
  const wanted = YEAR.test(year) ? Number(year) : null
  // A search that asks for nothing is refused: the list is of all, until something is typed.
  const criteria = search || form || wanted ? { search: search || null, form: form || null, year: wanted } : null
  const [{ data, error, fetching }] = useQuery({ query: SearchDossiersDocument, variables: { first: MOST, criteria } })
  const found = data?.dossiers
  return (
    <div className="why-dossier">
      <TextField
        label="Dossier"
        icon="search"
        autoComplete="off"
        data-autofocus
        hint="Nom, SIREN, code ou département de l’organisme"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <SelectField label="Formulaire" value={form} onChange={({ target }) => setForm(target.value)}>
        <option value="">Tous</option>
        {forms.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
      <TextField
        label="Année"
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        placeholder="Toutes"
        value={year}
        onChange={({ target }) => setYear(target.value.trim())}
      />
      <div className="why-found">
        <ProblemAlert problem={problemOf(error)} />
        <output className="muted">{!error && said(found?.totalCount, found?.edges.length)}</output>
        <Choices
          label="Dossiers trouvés"
          items={(fetching ? [] : (found?.edges ?? [])).map(
            ({ node: { id, form: of, year: when, organism, stepLabel } }) => ({
              id,
              name: `${of} ${when} – ${organism.name}`,
              detail: stepLabel,
            }),
          )}
          onPick={onPick}
        />
      </div>
    </div>
  )
}

function said(total: number | undefined, shown = 0): string {
  if (total === undefined) return 'Recherche des dossiers…'
  if (total === 0) return 'Aucun dossier ne correspond parmi ceux que vous pouvez consulter.'
  return `${plural(total, 'dossier')}${total > shown ? `, dont les ${shown} premiers par code` : ''}`
}
