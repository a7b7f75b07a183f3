import { useDeferredValue, useState } from 'react'
import { useQuery } from 'urql'
import { DeskActorsDocument } from '../gen/graphql'
import { TextField } from '../ui/Field'
import { Choices } from './Choices'
import { useDesk } from './desk'

export interface Party {
  readonly id: string
  readonly key: string
  readonly name: string
}

interface Props {
  readonly label: string
  readonly hint?: string
  readonly onPick: (party: Party) => void
}

/** Finds an organization that the platform's rules may name. */
export function PartyPicker({ label, hint, onPick }: Props) {
  const { platform } = useDesk()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [{ data }] = useQuery({
    query: DeskActorsDocument,
    variables: { platform, search },
    pause: search.length < 2,
  })
  const found = search.length < 2 ? [] : (data?.policyDesk.actors ?? [])
  return (
    <div className="desk-picker">
      <TextField
        label={label}
        icon="search"
        hint={hint}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Choices
        label={`${label}, résultats`}
        items={found.map(({ id, key, name }) => ({ id, key, name, detail: key }))}
        onPick={(party) => {
          setText('')
          onPick(party)
        }}
      />
    </div>
  )
}
