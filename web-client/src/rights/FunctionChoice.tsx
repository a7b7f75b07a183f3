import { SelectField } from '../ui/Field'
import { questions } from './functions'

/** One thing to do on a dossier. */
export function FunctionChoice({ value, onChange }: { value: string; onChange: (right: string) => void }) {
  return (
    <SelectField label="Fonction" value={value} onChange={({ target }) => onChange(target.value)}>
      {questions(value).map(([right, doing]) => (
        <option key={right} value={right}>
          {doing.charAt(0).toUpperCase() + doing.slice(1)}
        </option>
      ))}
    </SelectField>
  )
}
