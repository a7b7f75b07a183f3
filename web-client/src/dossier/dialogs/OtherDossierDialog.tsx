import { useState } from 'react'
import { useQuery } from 'urql'
import { Link } from 'wouter'
import { OrganismDossiersDocument } from '../../gen/graphql'
import { problemOf } from '../../graphql/problem'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField } from '../../ui/Field'
import { Icon } from '../../ui/Icon'
import { ProblemAlert } from '../../ui/Problem'
import { Loading } from '../../ui/Progress'
import type { DossierData } from '../useDossier'
import { type Other, formsOf, named, yearsOf } from '../others'
import './dialogs.css'

interface Props {
  readonly dossier: Pick<DossierData, 'id' | 'form' | 'year'> & {
    readonly organism: Pick<DossierData['organism'], 'siren' | 'name'>
  }
  /** The page of the other dossier that opens: its cells, unless another is named. */
  readonly page?: string
  readonly onClose: () => void
}

/** Another form or year of the same organism, among the dossiers that one may read (manual §8.1). */
export function OtherDossierDialog({ dossier, page, onClose }: Props) {
  const { siren, name } = dossier.organism
  const [{ data, error }] = useQuery({ query: OrganismDossiersDocument, variables: { siren } })
  const problem = problemOf(error)
  // Searched as anyone searches: another organism's number may hold this one's.
  const found = data?.dossiers.edges.map((edge) => edge.node).filter((one) => one.organism.siren === siren)
  return (
    <Dialog title="Autre formulaire ou année" onClose={onClose} size="s">
      <p className="muted">{name}</p>
      <ProblemAlert problem={problem} />
      {!found && !problem && <Loading label="Recherche des dossiers…" />}
      {found &&
        (found.some(({ id }) => id !== dossier.id) ? <Choice {...{ dossier, found, page, onClose }} /> : <Alone />)}
    </Dialog>
  )
}

function Alone() {
  return <p>Vous ne pouvez lire aucun autre dossier de cet organisme.</p>
}

function Choice({ dossier, found, page = '', onClose }: Props & { found: readonly Other[] }) {
  const [form, setForm] = useState(dossier.form)
  const [wanted, setWanted] = useState(dossier.year)
  const chosen = named(found, form, wanted)
  return (
    <div className="row other-dossier">
      <SelectField
        label="Formulaire"
        data-autofocus
        value={form}
        onChange={({ currentTarget }) => setForm(currentTarget.value)}
      >
        {formsOf(found).map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
      <SelectField
        label="Année"
        value={chosen?.year}
        onChange={({ currentTarget }) => setWanted(Number(currentTarget.value))}
      >
        {yearsOf(found, form).map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
      {!chosen || chosen.id === dossier.id ? (
        <Button look="primary" icon="eye" disabled>
          Voir
        </Button>
      ) : (
        // A link, which the guard of what is not published sees.
        <Link href={`/dossiers/${chosen.id}${page}`} className="button button-primary" onClick={onClose}>
          <Icon name="eye" />
          <span>Voir</span>
        </Link>
      )}
    </div>
  )
}
