import { formatDay } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { ActLine } from './ActLine'
import type { Holder } from './AnswerDialog'
import { NATURES, STATES, type Visa } from './words'

interface Props {
  readonly visa: Visa
  readonly onAnswer: (holder: Holder | undefined) => void
}

/** One visa: what is asked for, what was said, and the buttons of whoever may answer. */
export function VisaCard({ visa, onAnswer }: Props) {
  const { label, nature, state, dueOn, late, quorum, acts, canAnswer, standsFor } = visa
  const { label: where, tone } = STATES[state]
  return (
    <article className="visa stack-tight" data-visa={visa.code} data-state={state}>
      <h4>{label}</h4>
      <p className="row">
        <Badge>{NATURES[nature]}</Badge>
        <Badge tone={tone}>{where}</Badge>
        {quorum > 1 && <span>{quorum} réponses attendues</span>}
        {dueOn && state === 'OPEN' && <span>jusqu’au {formatDay(dueOn)} inclus</span>}
        {late && state === 'OPEN' && (
          <Badge tone="warn" icon="alert">
            En retard
          </Badge>
        )}
      </p>
      {acts.length > 0 && (
        <ul className="stack-tight">
          {acts.map((act) => (
            <li key={`${act.author} ${act.at}`}>
              <ActLine act={act} nature={nature} />
            </li>
          ))}
        </ul>
      )}
      {(canAnswer || standsFor.length > 0) && (
        <p className="row">
          {canAnswer && (
            <Button look="primary" onClick={() => onAnswer(undefined)}>
              {nature === 'SIGNATURE' ? 'Signer' : 'Répondre'}
            </Button>
          )}
          {standsFor.map((holder) => (
            <Button key={holder.id} onClick={() => onAnswer(holder)}>
              {nature === 'SIGNATURE' ? 'Signer' : 'Répondre'} pour {holder.name}
            </Button>
          ))}
        </p>
      )}
    </article>
  )
}
