import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { SEVERITIES } from '../cells/describe'
import { type Anomaly, placeOfCell } from '../dossier/marks'
import type { Severity } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { typeset } from '../text/typeset'
import { Badge } from '../ui/Badge'
import { Button, IconButton } from '../ui/Button'
import { TextArea } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Scroller } from '../ui/Scroller'

type Justify = (check: string, text: string, instance: string) => Promise<Problem | undefined>

interface Props {
  readonly id: string
  readonly dossier: string
  readonly severity: Severity
  readonly anomalies: readonly Anomaly[]
  readonly canJustify: boolean
  readonly onJustify: Justify
  readonly onCell: (cell: string) => void
  readonly onClose: () => void
}

/** The anomalies of one severity, with the gap of each and the cells that it compares. */
export function AnomalyList({ id, severity, anomalies, onClose, ...rest }: Props) {
  return (
    <div className="anomaly-panel" id={id}>
      <header>
        <h2>Anomalies {SEVERITIES[severity].many}</h2>
        <p className="muted">
          {severity === 'BLOCKING' && 'Elles empêchent de passer l’étape et de transmettre.'}
          {severity === 'MAJOR' && 'Chacune doit être justifiée avant la transmission.'}
          {severity === 'MINOR' && 'Elles signalent un point à relire.'}
        </p>
        <IconButton icon="close" label="Fermer la liste des anomalies" onClick={onClose} />
      </header>
      <Scroller className="anomaly-scroller" label={`Liste des anomalies ${SEVERITIES[severity].many}`}>
        <ul>
          {anomalies.map((anomaly) => (
            <AnomalyItem key={`${anomaly.check}[${anomaly.instance}]`} anomaly={anomaly} {...rest} />
          ))}
        </ul>
      </Scroller>
    </div>
  )
}

function AnomalyItem({
  anomaly,
  dossier,
  canJustify,
  onJustify,
  onCell,
}: Omit<Props, 'id' | 'severity' | 'anomalies' | 'onClose'> & { anomaly: Anomaly }) {
  const { check, instance, label, explanation, gapDisplay, cells, justification, severity } = anomaly
  const proposed = justification ? undefined : (anomaly.proposedJustification ?? undefined)
  const [isOpen, setOpen] = useState(false)
  const mayJustify = canJustify && severity !== 'BLOCKING'
  return (
    <li className="anomaly">
      <div className="anomaly-main">
        <p>
          <code>{check}</code> {typeset(label)}
        </p>
        {explanation && <p className="muted">{typeset(explanation)}</p>}
        <p className="anomaly-cells">
          {cells.map((cell) => (
            <Link key={cell.id} href={placeOfCell(dossier, cell.id)} onClick={() => onCell(cell.id)}>
              {cell.id} <span className="numeric">{cell.display || 'vide'}</span>
            </Link>
          ))}
        </p>
        {justification && !isOpen && (
          <p>
            <Badge tone="good" icon="check">
              Justifiée
            </Badge>{' '}
            {justification}
          </p>
        )}
        {proposed && mayJustify && !isOpen && (
          <p>
            <Badge>L’an dernier</Badge> {proposed}
          </p>
        )}
        {isOpen && (
          <Justification
            check={check}
            text={justification ?? proposed ?? ''}
            isProposed={proposed !== undefined}
            onSave={(typed) => onJustify(check, typed, instance)}
            onClose={() => setOpen(false)}
          />
        )}
      </div>
      <p className="anomaly-gap numeric">{gapDisplay && <>Écart&nbsp;: {gapDisplay}</>}</p>
      {mayJustify && !isOpen && (
        <Button
          aria-label={`${justification ? 'Modifier la justification de' : 'Justifier'} ${check}`}
          onClick={() => setOpen(true)}
        >
          {justification ? 'Modifier' : 'Justifier'}
        </Button>
      )}
    </li>
  )
}

function Justification({
  check,
  text,
  isProposed,
  onSave,
  onClose,
}: {
  check: string
  text: string
  isProposed: boolean
  onSave: (text: string) => Promise<Problem | undefined>
  onClose: () => void
}) {
  const [typed, setTyped] = useState(text)
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const found = await onSave(typed.trim())
    setBusy(false)
    setProblem(found)
    if (!found) onClose()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <ProblemAlert problem={problem} />
      <TextArea
        label={`Justification de ${check}`}
        hint={isProposed ? 'Reprise de l’an dernier\u00a0: relisez-la, corrigez-la, puis enregistrez.' : undefined}
        required
        maxLength={2000}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="row">
        <Button type="submit" look="primary" busy={busy}>
          Enregistrer la justification
        </Button>
        <Button onClick={onClose}>Annuler</Button>
      </div>
    </form>
  )
}
