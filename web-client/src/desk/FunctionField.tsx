import { SelectField } from '../ui/Field'
import { useDesk } from './desk'

interface Props {
  readonly value: string
  readonly onChange: (right: string) => void
}

/** One function of the matrix, by its label. */
export function FunctionField({ value, onChange }: Props) {
  const { functions } = useDesk()
  return (
    <SelectField label="Fonction" value={value} onChange={({ target }) => onChange(target.value)}>
      {[...functions].map(([name, label]) => (
        <option key={name} value={name}>
          {label}
        </option>
      ))}
    </SelectField>
  )
}
