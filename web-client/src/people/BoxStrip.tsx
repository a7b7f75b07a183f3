import { STEPS } from '../search/criteria'
import { Icon } from '../ui/Icon'
import { SIGNS, describeLook } from './MatrixBox'
import { type Draft, type FunctionRow, boxName, isImposed, lookOf } from './matrix'

interface Props {
  readonly row: FunctionRow | undefined
  readonly step: number
  readonly draft: Draft
  readonly given: ReadonlySet<string>
}

/** Under the table: what the box in hand is, and why it is grey. The box itself says it to those who hear. */
export function BoxStrip({ row, step, draft, given }: Props) {
  const box = row?.cells.find((cell) => cell.step === step)
  if (!row || !box) {
    return (
      <p className="box-strip" aria-hidden="true">
        {row
          ? `${row.label} : toutes les cases libres de la ligne`
          : `Étape ${step} : toutes les cases libres de la colonne`}
      </p>
    )
  }
  const look = lookOf(row.right, box, draft, given)
  return (
    <p className="box-strip" aria-hidden="true">
      <span>
        <strong>{row.label}</strong>, étape {step} ({STEPS[step]?.label})
      </span>
      <span className={`box-strip-look box-strip-${look}`}>
        <Icon name={SIGNS[look]} size={14} /> {describeLook(look, given.has(boxName(row.right, step)))}
      </span>
      {(!box.editable || isImposed(box)) && box.reason && <span>Pourquoi&nbsp;? {box.reason}</span>}
    </p>
  )
}

/** The signs and colours, always at hand. */
export function MatrixLegend() {
  const looks = [
    ['inherited', 'Accordé par le profil'],
    ['granted', 'Accordé en plus'],
    ['refused box-taken', 'Retiré au profil'],
    ['refused', 'Non accordé'],
    ['imposedOn', 'Imposé, accordé'],
    ['imposedOff', 'Imposé, refusé'],
  ] as const
  return (
    <ul className="matrix-legend" aria-label="Légende du tableau des droits">
      {looks.map(([look, label]) => (
        <li key={look}>
          <span className={`box box-${look}`}>
            <Icon name={SIGNS[look.split(' ')[0] as keyof typeof SIGNS]} size={14} />
          </span>
          {label}
        </li>
      ))}
    </ul>
  )
}
