import type { ReactNode } from 'react'
import type { ExplanationFieldsFragment, RuleFieldsFragment } from '../gen/graphql'
import { formatDay } from '../text/dates'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Icon } from '../ui/Icon'
import './rights.css'

export type Explanation = ExplanationFieldsFragment

interface Props {
  readonly explanation: Explanation
  /** Said under the user's boxes where they refuse: the way to the box. */
  readonly box?: ReactNode
}

/** Why, or why not: the answer in one sentence, then what each layer says, by which rule, and who can change it. */
export function ExplanationView({ explanation, box }: Props) {
  const { allowed, sentence, layers, consent, nearMisses } = explanation
  return (
    <div className="why">
      <Alert tone={allowed ? 'good' : 'warn'} title={allowed ? 'Oui' : 'Non'}>
        <p>{sentence}</p>
      </Alert>
      <ol className="why-layers">
        {layers.map((layer) => (
          <li key={layer.layer} className={layer.allowed ? 'why-yes' : 'why-no'}>
            <p className="why-layer">
              <Icon name={layer.allowed ? 'check' : 'close'} />
              <strong>{layer.label}</strong>
              <span className="muted">{layer.allowed ? 'permet' : 'refuse'}</span>
            </p>
            {layer.sentence && <p>{layer.sentence}</p>}
            {layer.decidedBy.length > 0 && (
              <ul className="why-rules">
                {layer.decidedBy.map((rule) => (
                  <Rule key={`${rule.line} ${rule.text}`} rule={rule} />
                ))}
              </ul>
            )}
            {!layer.allowed && layer.whoCanChange && <p className="why-who">{layer.whoCanChange}</p>}
            {!layer.allowed && layer.layer === 'boxes' && box}
          </li>
        ))}
      </ol>
      {consent && <MissingConsent consent={consent} />}
      {nearMisses.length > 0 && <NearMisses misses={nearMisses} />}
    </div>
  )
}

function Rule({ rule: { ref, denies, text, since, until, line } }: { rule: RuleFieldsFragment }) {
  return (
    <li>
      <span>
        {denies && (
          <Badge tone="bad" icon="close">
            exclut
          </Badge>
        )}{' '}
        {text}
      </span>
      <span className="muted">
        {[ref, line && `règle n° ${line}`, until && `du ${formatDay(since)} au ${formatDay(until)}`]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  )
}

function MissingConsent({ consent }: { consent: NonNullable<Explanation['consent']> }) {
  const { organism, partner, form, year, whoCanGive } = consent
  return (
    <section className="why-section">
      <h3>Il manque un accord</h3>
      <p>
        {organism.name} n’a pas donné à {partner.name} l’accès à son dossier {form} {year}.
      </p>
      {whoCanGive.length > 0 && <p>Peuvent le donner&nbsp;: {whoCanGive.join(', ')}.</p>}
    </section>
  )
}

function NearMisses({ misses }: { misses: Explanation['nearMisses'] }) {
  return (
    <section className="why-section">
      <h3>Ce qui s’en approche</h3>
      <ul className="why-near">
        {misses.map(({ sentence, rule }) => (
          <li key={`${rule.line} ${sentence}`}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}
