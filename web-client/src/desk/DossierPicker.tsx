import { useDeferredValue, useState } from 'react'
import { useQuery } from 'urql'
import { SearchDossiersDocument } from '../gen/graphql'
import { TextField } from '../ui/Field'
import { Choices } from './Choices'

const MOST = 8

export interface PickedDossier {
  readonly id: string
  readonly name: string
}

/** Finds one dossier by what its title says: organism, SIREN, code, department. */
export function DossierPicker({ onPick }: { onPick: (dossier: PickedDossier) => void }) {
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [{ data, fetching }] = useQuery({
    query: SearchDossiersDocument,
    variables: { first: MOST, criteria: { search } },
    pause: search.length < 2,
  })
  const found = search.length < 2 ? [] : (data?.dossiers.edges.map((edge) => edge.node) ?? [])
  return (
    <div className="desk-picker">
      <TextField
        label="Dossier"
        icon="search"
        autoComplete="off"
        hint="Nom, SIREN, code ou département de l’organisme"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Choices
        label="Dossiers trouvés"
        isAnswered={search.length >= 2 && data !== undefined && !fetching}
        items={found.map(({ id, form, year, organism, stepLabel }) => ({
          id,
          name: `${form} ${year} – ${organism.name}`,
          detail: stepLabel,
        }))}
        onPick={(item) => {
          setText('')
          onPick(item)
        }}
      />
    </div>
  )
}
