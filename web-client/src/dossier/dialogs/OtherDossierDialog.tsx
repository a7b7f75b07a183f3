import { useState } from 'react'
import { useQuery } from 'urql'
import { useLocation } from 'wouter'
import { OrganismDossiersDocument } from '../../gen/graphql'
import { problemOf } from '../../graphql/problem'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField } from '../../ui/Field'
import { ProblemAlert } from '../../ui/Problem'
import { Loading } from '../../ui/Progress'
import type { DialogProps } from '../DossierDialogs'
import { type Other, formsOf, named, yearsOf } from '../others'

/** Another form or year of the same organism, among the dossiers that one may read (manual §8.1). */
export function OtherDossierDialog({ dossier, onClose }: DialogProps) {
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
      {found && (found.some(({ id }) => id !== dossier.id) ? <Choice {...{ dossier, found, onClose }} /> : <Alone />)}
    </Dialog>
  )
}

function Alone() {
  return <p>Vous ne pouvez lire aucun autre dossier de cet organisme.</p>
}

function Choice({ dossier, found, onClose }: Pick<DialogProps, 'dossier' | 'onClose'> & { found: readonly Other[] }) {
  const [, navigate] = useLocation()
  const [form, setForm] = useState(dossier.form)
  const [wanted, setWanted] = useState(dossier.year)
  const chosen = named(found, form, wanted)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        onClose()
        if (chosen && chosen.id !== dossier.id) navigate(`/dossiers/${chosen.id}`)
      }}
    >
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
        <Button type="submit" look="primary" icon="eye">
          Voir
        </Button>
      </div>
    </form>
  )
}
