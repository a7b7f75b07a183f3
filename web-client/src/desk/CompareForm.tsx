import { useState } from 'react'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import type { Between } from './HistorySection'

interface Props {
  /** The versions shown, the latest first. */
  readonly numbers: readonly number[]
  readonly onCompare: (between: Between) => void
}

/** Any two versions, to be compared. */
export function CompareForm({ numbers, onCompare }: Props) {
  const [from, setFrom] = useState(numbers.at(-1) ?? 0)
  const [to, setTo] = useState(numbers[0] ?? 0)
  return (
    <form
      className="desk-compare"
      onSubmit={(event) => {
        event.preventDefault()
        onCompare({ from, to })
      }}
    >
      <VersionField label="De la version" {...{ numbers }} value={from} onChange={setFrom} />
      <VersionField label="À la version" {...{ numbers }} value={to} onChange={setTo} />
      <Button type="submit" icon="compare" disabled={from === to}>
        Comparer
      </Button>
    </form>
  )
}

interface FieldProps {
  readonly label: string
  readonly numbers: readonly number[]
  readonly value: number
  readonly onChange: (version: number) => void
}

function VersionField({ label, numbers, value, onChange }: FieldProps) {
  return (
    <SelectField label={label} value={value} onChange={({ target }) => onChange(Number(target.value))}>
      {numbers.map((number) => (
        <option key={number} value={number}>
          {number}
        </option>
      ))}
    </SelectField>
  )
}
