import { useEffect, useRef } from 'react'
import type { ConsentAnswer } from '../gen/graphql'
import { formatDay, formatMoment } from '../text/dates'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import type { IconName } from '../ui/Icon'
import type { Consent } from './OrganismConsents'

export const ANSWERS: Readonly<
  Record<ConsentAnswer, { label: string; tone: 'good' | 'bad' | 'neutral'; icon: IconName }>
> = {
  GIVEN: { label: 'accès donné', tone: 'good', icon: 'check' },
  REFUSED: { label: 'accès refusé', tone: 'bad', icon: 'close' },
  NONE: { label: 'sans réponse', tone: 'neutral', icon: 'minus' },
}

interface Props {
  readonly consent: Consent
  /** It has just been answered here. */
  readonly wasSettled: boolean
  readonly onAsk: ((given: boolean) => void) | undefined
}

/** What a partner asks to read, what it would open, and the answer so far. */
export function ConsentCard({ consent, wasSettled, onAsk }: Props) {
  const card = useRef<HTMLLIElement>(null)
  // The button that was pressed is gone: the focus goes to what it did.
  useEffect(() => {
    if (wasSettled) card.current?.focus()
  }, [wasSettled])
  const { partner, platform, answer, at, author, convention, article, effect, readers, history } = consent
  const { label, tone, icon } = ANSWERS[answer]
  return (
    <li ref={card} tabIndex={-1} className="consents-card">
      <header className="consents-bar">
        <h3>{partner.name}</h3>
        <Badge tone={tone} icon={icon}>
          {label}
        </Badge>
      </header>
      <p>
        <strong>Ouvre</strong>&nbsp;: {effect}.
      </p>
      <p className="muted">
        {convention}, {article} · {platform.name}
      </p>
      <p>
        {readers > 0
          ? `${plural(readers, 'personne peut', 'personnes peuvent')} lire ce dossier aujourd’hui.`
          : 'Personne ne peut lire ce dossier aujourd’hui à ce titre.'}
      </p>
      {at && (
        <p className="muted">
          Réponse du {formatDay(at)}
          {author && `, par ${author}`}
        </p>
      )}
      {history.length > 1 && (
        <details>
          <summary>Réponses précédentes</summary>
          <ul>
            {history.map((change) => (
              <li key={change.at}>
                {change.given ? 'accès donné' : 'accès refusé'} le {formatMoment(change.at)}
                {change.author && `, par ${change.author}`}
              </li>
            ))}
          </ul>
        </details>
      )}
      {onAsk && (
        <span className="row">
          {answer !== 'GIVEN' && (
            <Button look={answer === 'NONE' ? 'primary' : 'secondary'} icon="check" onClick={() => onAsk(true)}>
              Donner l’accès<span className="visually-hidden"> à {partner.name}</span>
            </Button>
          )}
          {answer !== 'REFUSED' && (
            <Button icon="close" onClick={() => onAsk(false)}>
              {answer === 'GIVEN' ? 'Retirer l’accès' : 'Refuser l’accès'}
              <span className="visually-hidden"> à {partner.name}</span>
            </Button>
          )}
        </span>
      )}
    </li>
  )
}
