import { useId, useState } from 'react'
import { SEVERITIES } from '../cells/describe'
import type { Overlay } from '../cells/overlay'
import type { Checks } from '../dossier/DossierDialogs'
import type { Severity } from '../gen/graphql'
import { formatMoment } from '../text/dates'
import { formatCount } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { AnomalyList } from './AnomalyList'
import { LiveCounts } from './LiveCounts'
import './anomalies.css'

/** Those who may run the checks: whoever acts on the dossier at its step. */
const ACTING = [
  'dossier:write',
  'dossier:validate',
  'dossier:validate_hierarchical',
  'dossier:transmit',
  'dossier:finalise',
]
const ORDER: readonly Severity[] = ['BLOCKING', 'MAJOR', 'MINOR']

interface Props {
  readonly dossier: string
  readonly checks: Checks
  readonly overlay: Overlay
  readonly rights: readonly string[]
  readonly onCell: (cell: string) => void
}

/** Always at the foot of the dossier: how many anomalies of each severity, and the way to each. */
export function AnomalyBar({ dossier, checks, overlay, rights, onCell }: Props) {
  const { verification, stale, busy } = checks
  const [severity, setSeverity] = useState<Severity>()
  const panel = useId()
  const counts = {
    BLOCKING: verification?.blocking ?? 0,
    MAJOR: verification?.major ?? 0,
    MINOR: verification?.minor ?? 0,
  }
  const verify = async () => {
    await checks.verify()
    setSeverity(undefined)
  }
  return (
    <section className="anomaly-bar" aria-label="Anomalies">
      {severity && verification && (
        <AnomalyList
          id={panel}
          dossier={dossier}
          severity={severity}
          anomalies={verification.anomalies.filter((anomaly) => anomaly.severity === severity)}
          canJustify={rights.includes('dossier:write') || rights.includes('dossier:transmit')}
          onJustify={checks.justify}
          onCell={onCell}
          onClose={() => setSeverity(undefined)}
        />
      )}
      <div className="anomaly-counts">
        {verification ? (
          <>
            {ORDER.map((each) => (
              <button
                key={each}
                type="button"
                className={`anomaly-count severity-${each.toLowerCase()}`}
                aria-expanded={severity === each}
                aria-controls={severity === each ? panel : undefined}
                disabled={counts[each] === 0}
                onClick={() => setSeverity(severity === each ? undefined : each)}
              >
                <span className="severity-mark" aria-hidden="true" />
                <strong className="numeric">{formatCount(counts[each])}</strong>{' '}
                {counts[each] < 2 ? SEVERITIES[each].label : SEVERITIES[each].many}
                {counts[each] > 0 && <Icon name="chevronDown" size={14} />}
              </button>
            ))}
            <span className="muted anomaly-moment">Vérifié le {formatMoment(verification.at)}</span>
            {stale && (
              <Badge tone="warn" icon="alert">
                Des valeurs ont changé depuis
              </Badge>
            )}
          </>
        ) : (
          <span className="muted">Ce dossier n’a pas encore été vérifié.</span>
        )}
        <LiveCounts overlay={overlay} verified={stale ? undefined : (verification ?? undefined)} />
        <output className="visually-hidden">
          {verification && !busy
            ? `Vérification\u00a0: ${counts.BLOCKING} bloquantes, ${counts.MAJOR} majeures, ${counts.MINOR} mineures.`
            : ''}
        </output>
        {ACTING.some((right) => rights.includes(right)) && (
          <Button icon="shield" busy={busy} onClick={() => void verify()}>
            Vérifier
          </Button>
        )}
      </div>
    </section>
  )
}
