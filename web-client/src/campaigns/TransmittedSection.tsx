import { useState } from 'react'
import { TransmittedByDocument } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { useGrowingList } from '../graphql/useGrowingList'
import { formatDay, formatMoment, today } from '../text/dates'
import { download } from '../text/download'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { FAMILIES, type Place } from './campaign'
import { DossierName, PagedList } from './PagedList'

/** The organisms that had transmitted by a day, on screen and as a workbook. */
export function TransmittedSection({ place }: { place: Place }) {
  const [by, setBy] = useState(today)
  const [failure, setFailure] = useState<Problem>()
  const sheet = `/transmitted.xlsx?${new URLSearchParams({ ...place, year: String(place.year), by })}`
  return (
    <>
      <div className="campaigns-filters">
        <TextField
          label="Transmis au plus tard le"
          type="date"
          value={by}
          onChange={({ target }) => setBy(target.value)}
        />
        <p className="campaigns-download">
          <Button
            icon="download"
            disabled={!by}
            onClick={() => void download(sheet).then((problem) => setFailure(problem))}
          >
            Classeur Excel
          </Button>
        </p>
      </div>
      <ProblemAlert problem={failure} />
      {by && <Transmitted place={place} by={by} />}
    </>
  )
}

function Transmitted({ place, by }: { place: Place; by: string }) {
  const list = useGrowingList(TransmittedByDocument, { ...place, by }, (data) => data.transmittedBy)
  return (
    <PagedList
      list={list}
      label={`Organismes ayant transmis au ${formatDay(by)}`}
      word="organisme"
      none="Aucun organisme n’avait transmis à cette date."
      headings={['Organisme', 'Type', 'Étape actuelle', 'Transmis le', 'Dernier jour', 'Retard']}
    >
      {({ dossier, at, dueOn, late }) => (
        <tr key={dossier.id}>
          <th scope="row">
            <DossierName dossier={dossier} />
          </th>
          <td>{FAMILIES[dossier.organism.category]}</td>
          <td>{dossier.stepLabel}</td>
          <td className="numeric">{formatMoment(at)}</td>
          <td className="numeric">{formatDay(dueOn)}</td>
          <td>{late ? <Badge tone="warn">en retard</Badge> : '–'}</td>
        </tr>
      )}
    </PagedList>
  )
}
