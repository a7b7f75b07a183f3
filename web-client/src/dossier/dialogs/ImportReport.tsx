import { useState } from 'react'
import type { ImportPreviewFieldsFragment, ImportReportFieldsFragment } from '../../gen/graphql'
import { formatCount, plural } from '../../text/numbers'
import { Alert } from '../../ui/Alert'
import { Scroller } from '../../ui/Scroller'
import { Segmented } from '../../ui/Segmented'

type Report = ImportReportFieldsFragment
type View = 'refused' | 'changed' | 'told' | 'ignored' | 'unchanged'

const NAMES: Readonly<Record<View, string>> = {
  refused: 'Refusées',
  changed: 'Modifiées',
  told: 'À signaler',
  ignored: 'Ignorées',
  unchanged: 'Inchangées',
}
const OUTCOMES = { CHANGED: 'modifiée', UNCHANGED: 'inchangée', IGNORED: 'ignorée', REFUSED: 'refusée' } as const

/** Whether it changes a value or takes a row away: the rows that the file leaves out are not in its count. */
export function changesAny({ changed, changedValues, removed }: Report): boolean {
  return changed > 0 || removed > 0 || changedValues.length > 0
}

/** What the file would do, or did: its counts, then each value before and after. */
export function ImportReport({ report }: { report: Report }) {
  const { read, changed, unchanged, ignored, refused, removed, applied } = report
  const counts = [
    ['Lues', read],
    ['Modifiées', changed],
    ['Inchangées', unchanged],
    ['Ignorées', ignored],
    ['Refusées', refused],
    ...(removed > 0 ? [['Rangs retirés', removed] as const] : []),
  ] as const
  return (
    <>
      {applied && (
        <Alert
          tone="good"
          title={
            changed > 0
              ? `${plural(changed, 'valeur chargée', 'valeurs chargées')} dans le dossier.`
              : 'Le fichier est chargé dans le dossier.'
          }
        />
      )}
      {refused > 0 && (
        <Alert tone="bad" title="Le fichier ne peut pas être chargé : rien n’a été écrit.">
          <p>Corrigez les valeurs refusées, puis choisissez le fichier de nouveau.</p>
        </Alert>
      )}
      {!applied && refused === 0 && !changesAny(report) && (
        <Alert tone="info" title="Ce fichier ne change aucune valeur du dossier." />
      )}
      <dl className="counts">
        {counts.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="numeric">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      <Values report={report} />
    </>
  )
}

function Values({ report }: { report: Report }) {
  const counts: Readonly<Record<View, number>> = {
    ...report,
    // The values of the rows that the file leaves out are shown, and not in its count.
    changed: Math.max(report.changed, report.changedValues.length),
    told: report.lines.length,
  }
  const views = (Object.keys(NAMES) as View[]).filter((view) => counts[view] > 0)
  const [chosen, setChosen] = useState<View>()
  const view = chosen ?? views[0]
  if (!view) return null
  const labels = views.map((one) => [one, `${NAMES[one]} (${formatCount(counts[one])})`])
  const options = Object.fromEntries(labels) as Record<View, string>
  return (
    <>
      {views.length > 1 && <Segmented label="Valeurs à afficher" options={options} value={view} onChange={setChosen} />}
      <Scroller className="report-lines" label={`Valeurs du fichier, ${NAMES[view].toLowerCase()}`}>
        {view === 'told' ? <Lines lines={report.lines} /> : <Previews values={report[`${view}Values`]} />}
        <Rest count={counts[view] - (view === 'told' ? report.lines : report[`${view}Values`]).length} />
      </Scroller>
    </>
  )
}

function Previews({ values }: { values: readonly ImportPreviewFieldsFragment[] }) {
  const hasReasons = values.some((value) => value.reason)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Ligne</th>
          <th scope="col">Cellule</th>
          <th scope="col">Avant</th>
          <th scope="col">Après</th>
          {hasReasons && <th scope="col">Explication</th>}
        </tr>
      </thead>
      <tbody>
        {values.map(({ line, cell, beforeDisplay, afterDisplay, code, reason }) => (
          <tr key={`${line} ${cell}`}>
            <td className="numeric">{line ?? '–'}</td>
            <th scope="row">
              <code>{cell}</code>
            </th>
            <td className="numeric">{beforeDisplay || <span className="muted">vide</span>}</td>
            <td className="numeric">{afterDisplay || <span className="muted">vide</span>}</td>
            {hasReasons && (
              <td>
                {reason} {code && <code className="muted">{code}</code>}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Lines({ lines }: { lines: Report['lines'] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Ligne</th>
          <th scope="col">Cellule</th>
          <th scope="col">Sort</th>
          <th scope="col">Explication</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ line, cell, outcome, code, message }) => (
          <tr key={`${line} ${cell} ${code}`}>
            <td className="numeric">{line ?? '–'}</td>
            <th scope="row">
              <code>{cell}</code>
            </th>
            <td>{OUTCOMES[outcome]}</td>
            <td>
              {message} <code className="muted">{code}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Rest({ count }: { count: number }) {
  if (count <= 0) return null
  return <p className="report-rest muted">… et {plural(count, 'autre valeur', 'autres valeurs')}.</p>
}
