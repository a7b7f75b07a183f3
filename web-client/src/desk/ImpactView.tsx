import type { ImpactFieldsFragment, TestResultFieldsFragment } from '../gen/graphql'
import { useMore } from '../packs/useMore'
import { formatDay, today } from '../text/dates'
import { formatCount, plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Scroller } from '../ui/Scroller'
import { FindingList } from './FindingList'
import '../ui/table.css'
import './parts.css'

export type Impact = ImpactFieldsFragment

const MOST = 8

/** What a change would do on the real dossiers, in words, before anything is saved. */
export function ImpactView({ impact }: { impact: Impact }) {
  const { sentence, blocking, mine, tests, findings } = impact
  const failing = tests.filter((test) => !test.passes)
  return (
    <div className="desk-impact">
      {blocking.length > 0 && (
        <Alert tone="bad" title="Cette modification ne peut pas être enregistrée.">
          <Sentences sentences={blocking} />
        </Alert>
      )}
      {mine.length > 0 && (
        <Alert tone="warn" title="Vous y perdez des droits.">
          <Sentences sentences={mine} />
        </Alert>
      )}
      <p className="desk-impact-sentence">{sentence}</p>
      <ImpactTable impact={impact} />
      {failing.length > 0 && <Failing tests={failing} />}
      {tests.length > 0 && failing.length === 0 && (
        <p>
          <Badge tone="good" icon="check">
            {plural(tests.length, 'essai tenu', 'essais tenus')}
          </Badge>
        </p>
      )}
      {findings.length > 0 && (
        <section>
          <p>
            <strong>Ce que le contrôle relèverait</strong>
          </p>
          <FindingList findings={findings} />
        </section>
      )}
    </div>
  )
}

function Sentences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className="desk-sentences">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

function ImpactTable({ impact: { rows, more } }: { impact: Impact }) {
  const { shown, hidden, showAll } = useMore(rows, MOST)
  if (rows.length === 0) return null
  const isDated = rows.some(({ since, until }) => since > today() || until)
  return (
    <>
      <Scroller className="table-box" label="Dossiers gagnés et perdus">
        <table>
          <thead>
            <tr>
              <th scope="col">Organisation</th>
              <th scope="col">Formulaire</th>
              <th scope="col">Fonction</th>
              <th scope="col">Gagnés</th>
              <th scope="col">Perdus</th>
              <th scope="col">Comptes</th>
              {isDated && <th scope="col">Quand</th>}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ organization, since, until, form, right, rightLabel, gained, lost, accounts }) => (
              <tr key={`${organization.key} ${form} ${right} ${since}`}>
                <th scope="row">{organization.name}</th>
                <td>{form}</td>
                <td>{rightLabel}</td>
                <td className="numeric desk-gain">{gained > 0 ? `+ ${formatCount(gained)}` : '–'}</td>
                <td className="numeric desk-loss">{lost > 0 ? `− ${formatCount(lost)}` : '–'}</td>
                <td className="numeric">{formatCount(accounts)}</td>
                {isDated && <td>{days(since, until)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      {hidden > 0 && <Button onClick={showAll}>Afficher {plural(hidden, 'autre ligne', 'autres lignes')}</Button>}
      {hidden === 0 && more > 0 && <p className="muted">… et {plural(more, 'autre ligne', 'autres lignes')}.</p>}
    </>
  )
}

function days(since: string, until: string | null): string {
  if (!until) return `dès le ${formatDay(since)}`
  return `du ${formatDay(since)} au ${formatDay(until)}`
}

function Failing({ tests }: { tests: readonly TestResultFieldsFragment[] }) {
  return (
    <Alert tone="bad" title={`${plural(tests.length, 'essai ne tient plus', 'essais ne tiennent plus')}.`}>
      <ul className="desk-sentences">
        {tests.map(({ test, sentence, counterexample }) => (
          <li key={test}>
            {sentence}
            {counterexample && <span className="muted"> – {counterexample}</span>}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
