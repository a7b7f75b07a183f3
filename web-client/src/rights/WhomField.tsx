import { useDeferredValue, useState } from 'react'
import { useQuery } from 'urql'
import { WhomToExplainDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { plural } from '../text/numbers'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { ME, type Whom } from './whom'

const MOST = 100

/** « Pour qui ? »: oneself, a colleague, or a client application of one's organization. */
export function WhomField({ whom, onChange }: { whom: Whom; onChange: (whom: Whom) => void }) {
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [{ data, error }] = useQuery({
    query: WhomToExplainDocument,
    variables: { first: MOST, search: search || null },
  })
  const card = data?.organizationCard
  const people: Whom[] = (card?.accounts.edges ?? [])
    .filter(({ node }) => !node.isMe)
    .map(({ node: { id, firstName, lastName } }) => ({ user: id, name: `${firstName} ${lastName}` }))
  const clients: Whom[] = (card?.clients ?? [])
    .filter(({ closedAt }) => !closedAt)
    .map(({ id, name }) => ({ client: id, name }))
  // Whom one has chosen stays, whatever is searched since.
  if (whom.user && !people.some(({ user }) => user === whom.user)) people.unshift(whom)
  const choose = (value: string) => onChange([...people, ...clients].find((one) => valueOf(one) === value) ?? ME)
  const [total, shown] = [card?.accounts.totalCount ?? 0, card?.accounts.edges.length ?? 0]
  return (
    <>
      <SelectField label="Pour qui&#8239;?" value={valueOf(whom)} onChange={({ target }) => choose(target.value)}>
        <option value="">Moi</option>
        <Group label="Collègues" choices={people} />
        <Group label="Applications clientes" choices={clients} />
      </SelectField>
      {(text || total > shown) && (
        <TextField
          label="Chercher un collègue"
          icon="search"
          autoComplete="off"
          hint={total > shown ? `${plural(total, 'compte')}, dont les ${shown} premiers sont proposés` : undefined}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
      <ProblemAlert problem={problemOf(error)} />
    </>
  )
}

function Group({ label, choices }: { label: string; choices: readonly Whom[] }) {
  if (choices.length === 0) return null
  return (
    <optgroup label={label}>
      {choices.map((one) => (
        <option key={valueOf(one)} value={valueOf(one)}>
          {one.name}
        </option>
      ))}
    </optgroup>
  )
}

function valueOf({ user, client }: Whom): string {
  if (user !== undefined) return `user:${user}`
  return client === undefined ? '' : `client:${client}`
}
