import { useState } from 'react'
import { Link } from 'wouter'
import { PagedList } from '../campaigns/PagedList'
import { type MassExportFieldsFragment, MassExportItemsDocument } from '../gen/graphql'
import { useChanges } from '../graphql/useChanges'
import { useGrowingList } from '../graphql/useGrowingList'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Segmented } from '../ui/Segmented'
import { ITEM_STATES } from './mass'
import '../ui/table.css'

const SHOWN = { failed: 'Les échecs', all: 'Tous les dossiers' } as const

/** What became of each dossier; the failures are shown without being asked for. */
export function MassItems({ job }: { job: MassExportFieldsFragment }) {
  const hasFailed = job.failed > 0
  const [opened, setOpened] = useState<boolean>()
  const [chosen, setChosen] = useState<keyof typeof SHOWN>('failed')
  const isOpen = opened ?? hasFailed
  const view = hasFailed ? chosen : 'all'
  return (
    <div className="mass-items">
      <Button
        look="quiet"
        icon={isOpen ? 'chevronDown' : 'chevronRight'}
        aria-expanded={isOpen}
        onClick={() => setOpened(!isOpen)}
      >
        Dossier par dossier
      </Button>
      {isOpen && hasFailed && (
        <Segmented label="Dossiers à montrer" options={SHOWN} value={view} onChange={setChosen} />
      )}
      {isOpen && <Items key={view} id={job.id} isFailedOnly={view === 'failed'} over={job.done + job.failed} />}
    </div>
  )
}

function Items({ id, isFailedOnly, over }: { id: string; isFailedOnly: boolean; over: number }) {
  const asked = { id, failedOnly: isFailedOnly }
  const list = useGrowingList(MassExportItemsDocument, asked, (data) => data.massExport.items)
  // Under the eyes of whoever reads it: a table made anew would take the focus away.
  useChanges(over, list.renew, !list.busy)
  return (
    <PagedList
      list={list}
      label="Export, dossier par dossier"
      word="dossier"
      none="Aucun dossier."
      headings={['Dossier', 'Résultat']}
    >
      {({ label, dossier, state, error, fileName }) => (
        <tr key={`${dossier?.id} ${label}`}>
          <th scope="row">{dossier ? <Link href={`/dossiers/${dossier.id}`}>{label}</Link> : label}</th>
          <td className="mass-file">
            <Badge tone={ITEM_STATES[state].tone} icon={ITEM_STATES[state].icon}>
              {ITEM_STATES[state].label}
            </Badge>{' '}
            {error || breakable(fileName ?? '')}
          </td>
        </tr>
      )}
    </PagedList>
  )
}

/** A path that may go to the next line after each folder. */
function breakable(path: string): string {
  return path.replaceAll('/', '/\u200b')
}
