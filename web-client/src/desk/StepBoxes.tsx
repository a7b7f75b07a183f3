import { STEPS } from '../search/criteria'
import { Checkbox } from '../ui/Checkbox'

/** The steps of a rule, as the policy writes them: `456`. */
export function StepBoxes({ steps, onChange }: { steps: string; onChange: (steps: string) => void }) {
  return (
    <fieldset className="desk-steps">
      <legend>Étapes</legend>
      {STEPS.map(({ label }, number) => {
        const digit = String(number)
        const isOn = steps.includes(digit)
        const next = isOn ? steps.replace(digit, '') : [...steps, digit].toSorted().join('')
        return (
          <Checkbox key={label} checked={isOn} onChange={() => onChange(next)}>
            {number} {label}
          </Checkbox>
        )
      })}
    </fieldset>
  )
}
