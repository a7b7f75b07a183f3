import { useState } from 'react'
import { useQuery } from 'urql'
import { DeskAccountsDocument } from '../gen/graphql'
import { SelectField } from '../ui/Field'
import { type Party, PartyPicker } from './PartyPicker'
import { Picked } from './Picked'

export interface Account {
  readonly id: string
  readonly name: string
}

/** Finds a person: the organization first, then its accounts. */
export function AccountPicker({ onPick }: { onPick: (account: Account) => void }) {
  const [party, setParty] = useState<Party>()
  const [{ data }] = useQuery({
    query: DeskAccountsDocument,
    variables: { organization: party?.id ?? '' },
    pause: !party,
  })
  if (!party)
    return (
      <PartyPicker label="Organisation de la personne" hint="Vous-même si vous ne choisissez pas" onPick={setParty} />
    )
  const accounts = data?.organizationCard.accounts.edges.map((edge) => edge.node) ?? []
  return (
    <>
      <Picked label="Organisation" name={party.name} onForget={() => setParty(undefined)} />
      <SelectField
        label="Personne"
        value=""
        onChange={({ target }) => {
          const found = accounts.find(({ id }) => id === target.value)
          if (found) onPick({ id: found.id, name: `${found.firstName} ${found.lastName}, ${party.name}` })
        }}
      >
        <option value="">{data ? 'Choisissez' : 'Lecture des comptes…'}</option>
        {accounts.map(({ id, firstName, lastName, login }) => (
          <option key={id} value={id}>
            {firstName} {lastName} ({login})
          </option>
        ))}
      </SelectField>
    </>
  )
}
