import { type RefObject, useId } from 'react'
import { formatDay, formatMoment } from '../text/dates'
import { formatSize } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button, IconButton } from '../ui/Button'
import { FileLink } from '../ui/FileLink'
import { Icon } from '../ui/Icon'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { useFocusAfter } from '../ui/useFocusAfter'
import type { Attachment } from './useAttachments'
import '../ui/table.css'

/** What the server answers for a window to show (manual §10.2.3). */
const SHOWN: ReadonlySet<string> = new Set(['application/pdf', 'image/png', 'image/jpeg'])

interface Props {
  readonly attachments: readonly Attachment[]
  readonly canAttach: boolean
  /** Those that are being sent in this window. */
  readonly busy: ReadonlySet<string>
  /** Whether this window still has the file. */
  readonly holds: (id: string) => boolean
  /** What takes the focus once the attachment that had it is gone. */
  readonly heading: RefObject<HTMLElement | null>
  readonly onRemove: (attachment: Attachment) => void
  readonly onResume: (attachment: Attachment, chosen?: File) => void
}

/** On a narrow screen, rows are laid out otherwise than as a table: some browsers then forget what they are. */
const SAID = {
  table: { role: 'table' },
  row: { role: 'row' },
  name: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const

export function AttachmentTable({ attachments, canAttach, busy, holds, heading, onRemove, onResume }: Props) {
  const leaving = useFocusAfter(heading)
  return (
    <Scroller className="table-box" label="Pièces jointes du dossier">
      <table className="attachments-table" {...SAID.table}>
        <TableHead headings={['Document', 'Ajouté par', 'État']} hasActions />
        <tbody>
          {attachments.map((one) => {
            const isMine = canAttach && one.mine && !one.sentAt
            const isCut = isMine && one.state === 'ARRIVING' && !busy.has(one.id)
            return (
              <tr key={one.id} ref={leaving} {...SAID.row}>
                <th scope="row" {...SAID.name}>
                  <Document attachment={one} />
                </th>
                <td {...SAID.cell}>
                  {one.author}
                  <span className="attachments-detail">
                    {one.organization}, {formatMoment(one.addedAt)}
                  </span>
                </td>
                <td {...SAID.cell}>
                  <State attachment={one} isBusy={busy.has(one.id)} />
                </td>
                <td {...SAID.cell}>
                  <div className="row">
                    {isCut &&
                      (holds(one.id) ? (
                        <Resume onClick={() => onResume(one)} />
                      ) : (
                        <ResumeWith {...{ one, onResume }} />
                      ))}
                    {isMine && !busy.has(one.id) && (
                      <IconButton icon="trash" label={`Retirer ${one.name}`} onClick={() => onRemove(one)} />
                    )}
                  </div>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroller>
  )
}

function Document({ attachment: { name, original, piece, size, state, url, mediaType } }: { attachment: Attachment }) {
  return (
    <>
      {state === 'READY' ? (
        <>
          <FileLink href={url} size={size}>
            <Icon name="download" size={15} /> {name}
          </FileLink>{' '}
          {SHOWN.has(mediaType) && (
            <a href={`${url}?voir=1`} target="_blank" rel="noreferrer">
              <Icon name="eye" size={15} /> Afficher
              <span className="visually-hidden"> {name}, dans une autre fenêtre</span>
            </a>
          )}
        </>
      ) : (
        <span>
          <Icon name="file" size={15} /> {name}
        </span>
      )}
      <span className="attachments-detail">
        {[piece || 'autre pièce', formatSize(size), name === original ? '' : original].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}

function State({
  attachment: { state, refusal, sentAt, received, size },
  isBusy,
}: {
  attachment: Attachment
  isBusy: boolean
}) {
  if (state === 'REFUSED') {
    return (
      <>
        <Badge tone="bad" icon="alert">
          Refusée
        </Badge>
        <span className="attachments-detail">{refusal}</span>
      </>
    )
  }
  if (state === 'QUARANTINED') return <Badge tone="info">Contrôle antivirus en cours</Badge>
  if (state === 'ARRIVING') {
    return isBusy ? (
      <Badge tone="info">Envoi en cours</Badge>
    ) : (
      <Badge tone="warn">Interrompu à {Math.floor((100 * received) / size)}&nbsp;%</Badge>
    )
  }
  if (!sentAt) return <Badge tone="warn">À envoyer</Badge>
  return (
    <Badge tone="good" icon="check">
      Envoyée le {formatDay(sentAt)}
    </Badge>
  )
}

function Resume({ onClick }: { onClick: () => void }) {
  return (
    <Button look="quiet" icon="refresh" onClick={onClick}>
      Reprendre
    </Button>
  )
}

/** The page was closed meanwhile: the same file is to be chosen again. */
function ResumeWith({ one, onResume }: { one: Attachment; onResume: Props['onResume'] }) {
  const id = useId()
  return (
    <label className="button button-quiet" htmlFor={id}>
      <Icon name="refresh" />
      <span>Reprendre</span>
      <input
        id={id}
        className="visually-hidden"
        type="file"
        aria-label={`Reprendre l’envoi de ${one.original}\u00a0: choisissez ce fichier de nouveau`}
        onChange={({ target }) => {
          const [chosen] = target.files ?? []
          if (chosen) onResume(one, chosen)
          target.value = ''
        }}
      />
    </label>
  )
}
