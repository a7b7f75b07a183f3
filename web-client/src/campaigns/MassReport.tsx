import { useState } from 'react'
import { MassMoveReportDocument, type MassOutcome } from '../gen/graphql'
import { useChanges } from '../graphql/useChanges'
import { useFollowed } from '../graphql/useFollowed'
import { useGrowingList } from '../graphql/useGrowingList'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading, Progress } from '../ui/Progress'
import { OUTCOMES } from './campaign'
import { DossierName, PagedList } from './PagedList'

/** What became of each dossier of a mass move, asked about every second until none waits. */
export function MassReport({ id }: { id: string }) {
  const asked = { id, outcome: null, first: 1, after: null }
  const { data, problem } = useFollowed(MassMoveReportDocument, asked, ({ massMove }) => !massMove.finishedAt)
  const report = data?.massMove
  const [outcome, setOutcome] = useState<MassOutcome | ''>('')
  if (!report) return problem ? <ProblemAlert problem={problem} /> : <Loading label="Lecture du compte rendu…" />
  const { total, moved, refused, finishedAt, label, reason } = report
  return (
    <div className="campaigns-report">
      <ProblemAlert problem={problem} />
      <p>
        <strong>{label}</strong>
        {reason && <> – {reason}</>}
      </p>
      {finishedAt ? (
        <output>
          {plural(moved, 'dossier passé', 'dossiers passés')}, {plural(refused, 'refusé')}.
        </output>
      ) : (
        <Progress label="Passage des dossiers" done={moved + refused} total={total} />
      )}
      <SelectField
        label="Montrer"
        value={outcome}
        onChange={({ target }) => setOutcome(target.value as MassOutcome | '')}
      >
        <option value="">tous les dossiers</option>
        <option value="REFUSED">les refusés</option>
        <option value="MOVED">les passés</option>
        <option value="WAITING">ceux qui attendent</option>
      </SelectField>
      <Items key={outcome} id={id} outcome={outcome || null} done={moved + refused} />
    </div>
  )
}

function Items({ id, outcome, done }: { id: string; outcome: MassOutcome | null; done: number }) {
  const list = useGrowingList(MassMoveReportDocument, { id, outcome }, (data) => data.massMove.items)
  // Under the eyes of whoever reads it: a table made anew would take the focus away.
  useChanges(done, list.renew, !list.busy)
  return (
    <PagedList
      list={list}
      label="Compte rendu, dossier par dossier"
      word="dossier"
      none="Aucun dossier."
      headings={['Organisme', 'Résultat', 'Raison']}
    >
      {({ dossier, outcome: became, code, message }) => (
        <tr key={dossier?.id ?? `${code} ${message}`}>
          <th scope="row">
            {dossier ? (
              <DossierName dossier={dossier} />
            ) : (
              <span className="muted">dossier qui ne vous est plus ouvert</span>
            )}
          </th>
          <td>
            <Badge tone={OUTCOMES[became].tone} icon={OUTCOMES[became].icon}>
              {OUTCOMES[became].label}
            </Badge>
          </td>
          <td>{message || '–'}</td>
        </tr>
      )}
    </PagedList>
  )
}
