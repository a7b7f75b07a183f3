import { useState } from 'react'
import { useQuery } from 'urql'
import { DeskAccountsDocument } from '../gen/graphql'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { type Party, PartyPicker } from './PartyPicker'
import { Swap } from './Swap'

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
  const accounts = data?.organizationCard.accounts.edges.map((edge) => edge.node) ?? []
  const pick = (id: string) => {
    const found = accounts.find((one) => one.id === id)
    if (found && party) onPick({ id, name: `${found.firstName} ${found.lastName}, ${party.name}` })
  }
  return (
    <Swap on={party?.id}>
      {party ? (
        <>
          <SelectField label={`Personne (${party.name})`} value="" onChange={({ target }) => pick(target.value)}>
            <option value="">{data ? 'Choisissez' : 'Lecture des comptes…'}</option>
            {accounts.map(({ id, firstName, lastName, login }) => (
              <option key={id} value={id}>
                {firstName} {lastName} ({login})
              </option>
            ))}
          </SelectField>
          <Button look="quiet" onClick={() => setParty(undefined)}>
            Autre organisation
          </Button>
        </>
      ) : (
        <PartyPicker label="Organisation de la personne" hint="Vous-même si vous ne choisissez pas" onPick={setParty} />
      )}
    </Swap>
  )
}
