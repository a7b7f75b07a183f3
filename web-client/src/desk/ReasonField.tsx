import { TextField } from '../ui/Field'

interface Props {
  readonly value: string
  readonly onChange: (reason: string) => void
}

/** Why the rules change, as their history keeps it. */
export function ReasonField({ value, onChange }: Props) {
  return (
    <TextField
      label="Motif"
      hint="Gardé dans l’historique avec votre nom"
      required
      maxLength={300}
      data-autofocus
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}
