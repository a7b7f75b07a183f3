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
  /** How the keys of those that may be picked begin. */
  readonly only?: string
  /** Takes the focus when the window that it is in opens. */
  readonly isFirst?: boolean
  readonly onPick: (party: Party) => void
}

/** Finds an organization that the platform's rules may name. */
export function PartyPicker({ label, hint, only = '', isFirst, onPick }: Props) {
  const { platform } = useDesk()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [{ data, fetching }] = useQuery({
    query: DeskActorsDocument,
    variables: { platform, search },
    pause: search.length < 2,
  })
  const found = search.length < 2 ? [] : (data?.policyDesk.actors ?? []).filter(({ key }) => key.startsWith(only))
  return (
    <div className="desk-picker">
      <TextField
        label={label}
        icon="search"
        hint={hint}
        data-autofocus={isFirst}
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <Choices
        label={`${label}, résultats`}
        isAnswered={search.length >= 2 && data !== undefined && !fetching}
        items={found.map(({ id, key, name }) => ({ id, key, name, detail: key }))}
        onPick={(party) => {
          setText('')
          onPick(party)
        }}
      />
    </div>
  )
}
