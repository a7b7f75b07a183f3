import { useDeferredValue, useState } from 'react'
import { useQuery } from 'urql'
import { Choices } from '../desk/Choices'
import { ConventionOrganismsDocument } from '../gen/graphql'
import { IconButton } from '../ui/Button'
import { TextField } from '../ui/Field'

interface Named {
  readonly key: string
  readonly name: string
}

interface Props {
  readonly label: string
  readonly platform: string
  readonly organisms: readonly Named[]
  readonly onChange: (organisms: readonly Named[]) => void
}

/** Organisms named one by one, found by what they are called. */
export function OrganismList({ label, platform, organisms, onChange }: Props) {
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [{ data, fetching }] = useQuery({
    query: ConventionOrganismsDocument,
    variables: { platform, search },
    pause: search.length < 2,
  })
  const found = search.length < 2 ? [] : (data?.conventionChoices.organisms ?? [])
  return (
    <div className="desk-picker">
      <TextField
        label={label}
        icon="search"
        hint="Nom ou SIREN"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Choices
        label={`${label}, résultats`}
        items={found.map(({ key, name }) => ({ id: key, key, name, detail: key.split(':')[1] }))}
        isAnswered={search.length >= 2 && !fetching}
        onPick={({ key, name }) => {
          setText('')
          if (!organisms.some((one) => one.key === key)) onChange([...organisms, { key, name }])
        }}
      />
      <ul className="conventions-chosen">
        {organisms.map((organism) => (
          <li key={organism.key}>
            {organism.name}
            <IconButton
              icon="close"
              label={`Ne plus nommer ${organism.name}`}
              onClick={() => onChange(organisms.filter((one) => one !== organism))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
