import { useState } from 'react'
import { useQuery } from 'urql'
import { Link } from 'wouter'
import { PackTrialDocument, type PackTrialQuery } from '../gen/graphql'
import { SEVERITIES } from '../cells/describe'
import { problemOf } from '../graphql/problem'
import { plural } from '../text/numbers'
import { typeset } from '../text/typeset'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { ProblemAlert } from '../ui/Problem'
import { Scroller } from '../ui/Scroller'
import { Section } from './Section'

type Trial = PackTrialQuery['packDraft']['trial'][number]
type Anomaly = Trial['appearing'][number]

const FEW = 10
const MANY = 50

/** What the draft would change in real dossiers, that stay as they are. */
export function TrialSection({ id }: { id: string }) {
  const [first, setFirst] = useState(FEW)
  const [{ data, error }] = useQuery({ query: PackTrialDocument, variables: { id, first } })
  const problem = problemOf(error)
  const trials = data?.packDraft.trial
  const touched = trials?.filter(isTouched) ?? []
  return (
    <Section
      title="Essai sur de vrais dossiers"
      waiting={trials || problem ? undefined : 'Calcul des dossiers…'}
      state={
        trials && (
          <Badge icon={touched.length > 0 ? 'info' : 'check'} tone={touched.length > 0 ? 'info' : 'good'}>
            {touched.length} sur {plural(trials.length, 'dossier changerait', 'dossiers changeraient')}
          </Badge>
        )
      }
    >
      <ProblemAlert problem={problem} />
      <p className="muted">Rien n’est écrit&nbsp;: ces dossiers gardent leurs valeurs et leur révision.</p>
      {trials?.length === 0 && <p>Aucun dossier de ce formulaire ne vous est ouvert pour cette année.</p>}
      {touched.map((trial) => (
        <TrialItem key={trial.dossier.id} trial={trial} />
      ))}
      {trials && trials.length === FEW && first === FEW && (
        <p>
          <Button onClick={() => setFirst(MANY)}>Essayer sur {MANY} dossiers</Button>
        </p>
      )}
    </Section>
  )
}

function isTouched({ changed, appearing, disappearing }: Trial): boolean {
  return changed > 0 || appearing.length > 0 || disappearing.length > 0
}

function TrialItem({ trial: { dossier, changed, values, appearing, disappearing } }: { trial: Trial }) {
  const name = `${dossier.form} ${dossier.year} de ${dossier.organism.name}`
  return (
    <details className="packs-trial">
      <summary>
        <strong>{dossier.organism.name}</strong> <Badge>{dossier.organism.category}</Badge>{' '}
        <span className="muted">
          {[
            dossier.stepLabel,
            changed > 0 && plural(changed, 'valeur changerait', 'valeurs changeraient'),
            appearing.length > 0 && plural(appearing.length, 'anomalie de plus', 'anomalies de plus'),
            disappearing.length > 0 && plural(disappearing.length, 'anomalie de moins', 'anomalies de moins'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </summary>
      <p>
        <Link href={`/dossiers/${dossier.id}`}>Ouvrir le dossier {name}</Link>
      </p>
      {values.length > 0 && (
        <Scroller className="table-box packs-changes" label={`Valeurs qui changeraient dans ${name}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Cellule</th>
                <th scope="col">Aujourd’hui</th>
                <th scope="col">Avec ce brouillon</th>
              </tr>
            </thead>
            <tbody>
              {values.map(({ cell, beforeDisplay, afterDisplay }) => (
                <tr key={cell}>
                  <th scope="row">
                    <code>{cell}</code>
                  </th>
                  <td className="numeric">{beforeDisplay || <span className="muted">vide</span>}</td>
                  <td className="numeric">{afterDisplay || <span className="muted">vide</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      {changed > values.length && (
        <p className="muted">… et {plural(changed - values.length, 'autre valeur', 'autres valeurs')}.</p>
      )}
      <Anomalies title="Anomalies qui apparaîtraient" anomalies={appearing} />
      <Anomalies title="Anomalies qui disparaîtraient" anomalies={disappearing} />
    </details>
  )
}

function Anomalies({ title, anomalies }: { title: string; anomalies: readonly Anomaly[] }) {
  if (anomalies.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className="packs-anomalies">
        {anomalies.map(({ check, severity, label, gapDisplay }) => (
          <li key={check}>
            <code>{check}</code> ({SEVERITIES[severity].label}) {typeset(label)}
            {gapDisplay && <span className="numeric muted"> · écart {gapDisplay}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}
