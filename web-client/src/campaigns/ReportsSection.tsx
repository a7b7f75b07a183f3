import { useState } from 'react'
import { type MassMoveFieldsFragment, MassMoveReportDocument, MassMovesDocument } from '../gen/graphql'
import { useChanges } from '../graphql/useChanges'
import { useFollowed } from '../graphql/useFollowed'
import { useGrowingList } from '../graphql/useGrowingList'
import { formatMoment } from '../text/dates'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { MassReport } from './MassReport'
import { PagedList } from './PagedList'

/** The mass moves that one asked for, and those of the forms that one conducts. */
export function ReportsSection() {
  const list = useGrowingList(MassMovesDocument, {}, (data) => data.massMoves)
  const [shown, setShown] = useState<string>()
  const moving = list.nodes?.find(({ finishedAt }) => !finishedAt)
  const close = () => {
    setShown(undefined)
    list.again()
  }
  return (
    <>
      <PagedList
        list={list}
        label="Changements d’étape en nombre"
        word="changement"
        none="Aucun changement d’étape n’a été demandé en nombre."
        headings={['Passage', 'Formulaire', 'Demandé par', 'Le', 'Résultat', 'Compte rendu']}
      >
        {({ id, label, form, author, at, finishedAt, total, moved, refused }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td>{form}</td>
            <td>{author}</td>
            <td className="numeric">{formatMoment(at)}</td>
            <td>
              {finishedAt ? (
                `${plural(moved, 'passé')} sur ${total}`
              ) : (
                <Badge tone="info" icon="clock">
                  en cours, {moved + refused} sur {total}
                </Badge>
              )}{' '}
              {refused > 0 && <Badge tone="bad">{plural(refused, 'refusé')}</Badge>}
            </td>
            <td>
              <Button onClick={() => setShown(id)}>
                Ouvrir
                <span className="visually-hidden">
                  {' '}
                  le compte rendu de {label}, {formatMoment(at)}
                </span>
              </Button>
            </td>
          </tr>
        )}
      </PagedList>
      {moving && <Following key={moving.id} {...moving} onChange={list.renew} />}
      {shown && (
        <Dialog title="Compte rendu" size="l" onClose={close} footer={<Button onClick={close}>Fermer</Button>}>
          <MassReport id={shown} />
        </Dialog>
      )}
    </>
  )
}

/** Follows a move that goes on; `onChange` when it is further than what the list says. */
function Following({ id, finishedAt, moved, refused, onChange }: MassMoveFieldsFragment & { onChange: () => void }) {
  const asked = { id, outcome: null, first: 1, after: null }
  const { data } = useFollowed(MassMoveReportDocument, asked, ({ massMove }) => !massMove.finishedAt)
  const latest = data?.massMove ?? { finishedAt, moved, refused }
  useChanges(`${latest.moved} ${latest.refused} ${latest.finishedAt}`, onChange)
  return null
}
