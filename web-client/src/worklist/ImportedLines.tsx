import { useState } from 'react'
import type { ImportWorkListMutation } from '../gen/graphql'
import { formatCount, plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Scroller } from '../ui/Scroller'
import { Segmented } from '../ui/Segmented'
import { TableHead } from '../ui/TableHead'
import { OUTCOMES } from './lists'

type Report = ImportWorkListMutation['importWorkList']
type View = 'refused' | 'all'

/** As many as are asked for. */
const MOST_SHOWN = 500

/** What became of each line of the file; those that were refused first. */
export function ImportedLines({ report: { added, already, refused, refusedLines, lines } }: { report: Report }) {
  const [view, setView] = useState<View>(refused ? 'refused' : 'all')
  const counts = [
    ['Ajoutés', added],
    ['Déjà dans la liste', already],
    ['Lignes refusées', refused],
  ] as const
  const shown = view === 'all' ? lines : refusedLines
  const rest = view === 'all' ? 0 : refused - refusedLines.length
  const options = {
    refused: `Refusées (${formatCount(refused)})`,
    all: 'Toutes les lignes',
  }
  return (
    <>
      <Alert
        tone={refused ? 'warn' : 'good'}
        title={
          added
            ? `${plural(added, 'dossier ajouté', 'dossiers ajoutés')} à la liste.`
            : 'Aucun dossier n’a été ajouté à la liste.'
        }
      />
      <dl className="counts">
        {counts.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="numeric">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      {refused > 0 && <Segmented label="Lignes à montrer" options={options} value={view} onChange={setView} />}
      {shown.length > 0 && (
        <Scroller className="report-lines" label="Lignes du fichier">
          <table>
            <TableHead headings={['Ligne', 'Contenu', 'Sort']} />
            <tbody>
              {shown.map(({ number, text, outcome, message }) => (
                <tr key={number}>
                  <td className="numeric">{formatCount(number)}</td>
                  <th scope="row" className="worklist-line">
                    {text}
                  </th>
                  <td>
                    <Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</Badge> {message}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {rest > 0 && <p className="report-rest muted">… et {plural(rest, 'autre ligne', 'autres lignes')}.</p>}
          {view === 'all' && shown.length === MOST_SHOWN && (
            <p className="report-rest muted">Seules les {formatCount(MOST_SHOWN)} premières lignes sont montrées.</p>
          )}
        </Scroller>
      )}
    </>
  )
}
