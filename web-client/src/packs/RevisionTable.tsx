import { Link } from 'wouter'
import { formatDay } from '../text/dates'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import type { Revision } from './PacksPage'
import type { UploadStart } from './UploadDialog'

const SEAL_SHOWN = 12

const HEADINGS = ['Année', 'Révision', 'Publication', 'Empreinte', 'Fichiers']

interface Props {
  /** The published revisions of each form, the latest first. */
  readonly forms: readonly (readonly Revision[])[]
  readonly onPrepare: (start: UploadStart) => void
}

/** The published revisions, form after form, with the files to start the next one from. */
export function RevisionTable({ forms, onPrepare }: Props) {
  return (
    <section className="packs-section" aria-labelledby="revisions">
      <h2 id="revisions">Révisions publiées</h2>
      <Scroller className="table-box packs-table" label="Liste des révisions">
        <table>
          <TableHead headings={HEADINGS} hasActions />
          {forms.map((revisions) => (
            <tbody key={revisions[0]?.form}>
              <tr className="packs-form">
                <th scope="rowgroup" colSpan={HEADINGS.length + 1}>
                  <code>{revisions[0]?.form}</code> {revisions[0]?.formLabel}
                </th>
              </tr>
              {revisions.map((revision) => (
                <RevisionRow key={revision.key} revision={revision} onPrepare={onPrepare} />
              ))}
            </tbody>
          ))}
        </table>
      </Scroller>
    </section>
  )
}

function RevisionRow({ revision, onPrepare }: { revision: Revision; onPrepare: Props['onPrepare'] }) {
  const { key, form, year, revision: number, latest, editable, sha256, sheetUrl, archiveUrl } = revision
  return (
    <tr>
      <th scope="row" className="numeric">
        {year}
      </th>
      <td className="numeric">
        {number}{' '}
        {latest && (
          <Badge tone="good" icon="check">
            en vigueur
          </Badge>
        )}
      </td>
      <td>
        <Publication revision={revision} />
      </td>
      <td>
        <code title={sha256}>{sha256.slice(0, SEAL_SHOWN)}…</code>
      </td>
      <td className="packs-files">
        <a className="download-link" href={sheetUrl} download aria-label={`Classeur XLSX de ${key}`}>
          <Icon name="download" size={16} /> Classeur XLSX
        </a>
        <a className="download-link" href={archiveUrl} download aria-label={`Textes ZIP de ${key}`}>
          <Icon name="download" size={16} /> Textes ZIP
        </a>
      </td>
      <td className="packs-action">
        {latest && editable && (
          <Button onClick={() => onPrepare({ form, year, base: number })}>
            Préparer la suivante
            <span className="visually-hidden">
              {' '}
              de {form} {year}
            </span>
          </Button>
        )}
      </td>
    </tr>
  )
}

function Publication({ revision: { publishedAt, publishedBy, note, draft } }: { revision: Revision }) {
  if (!publishedAt) return <span className="muted">livrée avec Harmonia</span>
  const text = `le ${formatDay(publishedAt)}${publishedBy ? ` par ${publishedBy}` : ''}`
  return (
    <>
      {draft ? <Link href={`/formulaires/brouillons/${draft}`}>{text}</Link> : text}
      {note && <p className="muted">{note}</p>}
    </>
  )
}
