import { useState } from 'react'
import { HandedBackDocument } from '../gen/graphql'
import { useGrowingList } from '../graphql/useGrowingList'
import { formatDay } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Checkbox } from '../ui/Checkbox'
import { TextField } from '../ui/Field'
import { type Campaign, placeOf } from './campaign'
import { DossierName, PagedList } from './PagedList'

/** The dossiers handed back to their organisms to correct, by day and by words of the reason. */
export function HandBacksSection({ campaign }: { campaign: Campaign }) {
  const [since, setSince] = useState('')
  const [until, setUntil] = useState('')
  const [words, setWords] = useState('')
  const [still, setStill] = useState(false)
  const [on, setOn] = useState('')
  const days = { since: since || null, until: until || null, on: on || null }
  const asked = { ...placeOf(campaign), ...days, words, still }
  const list = useGrowingList(HandedBackDocument, asked, (data) => data.handedBack)
  return (
    <>
      <search className="campaigns-filters">
        <TextField
          label="Mots du motif"
          icon="search"
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        <TextField
          label="Remis depuis le"
          type="date"
          value={since}
          onChange={({ target }) => setSince(target.value)}
        />
        <TextField label="Jusqu’au" type="date" value={until} onChange={({ target }) => setUntil(target.value)} />
        <TextField label="Chez l’organisme le" type="date" value={on} onChange={({ target }) => setOn(target.value)} />
        <Checkbox checked={still} onChange={({ target }) => setStill(target.checked)}>
          Pas encore repris
        </Checkbox>
      </search>
      <PagedList
        list={list}
        label="Dossiers remis à leurs organismes"
        word="remise"
        none="Aucune remise ne répond à ces critères."
        headings={['Organisme', 'Remis le', 'Par', 'Motif', 'À corriger avant le', 'Repris']}
      >
        {({ dossier, handedAt, handedBy, reason, dueOn, takenAt, takenBy, takenReason }) => (
          <tr key={`${dossier.id} ${handedAt}`}>
            <th scope="row">
              <DossierName dossier={dossier} />
            </th>
            <td className="numeric">{formatDay(handedAt)}</td>
            <td>{handedBy}</td>
            <td className="campaigns-reason">{reason}</td>
            <td className="numeric">{formatDay(dueOn)}</td>
            <td>
              {takenAt ? (
                <>
                  {formatDay(takenAt)}
                  {takenBy && `, ${takenBy}`}
                  {takenReason && <p className="campaigns-reason">«&nbsp;{takenReason}&nbsp;»</p>}
                </>
              ) : (
                <Badge tone="warn" icon="pencil">
                  chez l’organisme
                </Badge>
              )}
            </td>
          </tr>
        )}
      </PagedList>
    </>
  )
}
