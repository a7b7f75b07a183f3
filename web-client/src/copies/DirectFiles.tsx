import { useQuery } from 'urql'
import { DirectFilesDocument, type DirectFoldersQuery } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { formatDay } from '../text/dates'
import { formatSize } from '../text/numbers'
import { FileLink } from '../ui/FileLink'
import { Icon } from '../ui/Icon'
import { Pager } from '../ui/Pager'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { TableHead } from '../ui/TableHead'
import { usePager } from '../ui/usePager'
import '../ui/table.css'

const PAGE = 50
const RECEIPTS = { TRANSMITTED: 'Accusé de réception', CLOSED: 'Attestation de fermeture' } as const

/** The files of a folder; they are asked for once it is drawn open. */
export function DirectFiles({ folder }: { folder: DirectFoldersQuery['directFolders'][number] }) {
  const { platform, form, year, kind } = folder
  const pager = usePager()
  const [{ data, error }] = useQuery({
    query: DirectFilesDocument,
    variables: { platform, form, year, kind, first: PAGE, after: pager.after },
  })
  const files = data?.directAccess.edges.map((edge) => edge.node)
  return (
    <div className="direct-files">
      <ProblemAlert problem={problemOf(error)} />
      {!files && !error && <Loading label="Lecture du répertoire…" />}
      {files && (
        <Scroller className="table-box" label="Fichiers du répertoire">
          <table>
            <TableHead headings={['Fichier', 'Organisme', 'Taille', 'Scellé le', 'PDF scellé', RECEIPTS[kind]]} />
            <tbody>
              {files.map(({ siren, organism, copy }) => (
                <tr key={copy.id}>
                  <th scope="row">
                    {copy.refusal ? (
                      <>
                        <span className="numeric">{copy.fileName}</span>
                        <p className="copies-place">{copy.refusal}</p>
                      </>
                    ) : (
                      <FileLink className="download-link numeric" href={copy.url} size={copy.fileSize}>
                        <Icon name="download" size={16} /> {copy.fileName}
                      </FileLink>
                    )}
                  </th>
                  <td>
                    {organism}
                    <span className="copies-place">SIREN {siren}</span>
                  </td>
                  <td className="numeric">{formatSize(copy.fileSize)}</td>
                  <td className="numeric">{formatDay(copy.at)}</td>
                  <td>
                    {!copy.refusal && (
                      <FileLink className="download-link" href={copy.pdfUrl} size={copy.fileSize}>
                        <Icon name="file" size={16} /> PDF
                      </FileLink>
                    )}
                  </td>
                  <td>
                    {!copy.refusal && (
                      <FileLink className="download-link" href={copy.receiptUrl} size={0}>
                        <Icon name="file" size={16} /> PDF
                      </FileLink>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      <Pager pager={pager} info={data?.directAccess.pageInfo} />
    </div>
  )
}
