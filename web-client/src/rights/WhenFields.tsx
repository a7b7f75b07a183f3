import { STEPS } from '../search/criteria'
import { SelectField, TextField } from '../ui/Field'

/** As if the dossier were at another step, on another day; nothing for its own step, for today. */
export interface When {
  readonly step?: number
  readonly day?: string
}

interface Props {
  readonly when: When
  readonly onChange: (when: When) => void
}

/** The step and the day that an explanation is asked for. */
export function WhenFields({ when, onChange }: Props) {
  return (
    <>
      <SelectField
        label="Étape"
        value={when.step ?? ''}
        onChange={({ target }) => onChange({ ...when, step: target.value === '' ? undefined : Number(target.value) })}
      >
        <option value="">celle du dossier</option>
        {STEPS.map(({ label }, number) => (
          <option key={label} value={number}>
            {number} – {label}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Jour"
        hint="Aujourd’hui si vous ne le changez pas"
        type="date"
        value={when.day ?? ''}
        onChange={({ target }) => onChange({ ...when, day: target.value || undefined })}
      />
    </>
  )
}
