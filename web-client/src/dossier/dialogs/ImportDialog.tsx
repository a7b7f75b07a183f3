import { useState } from 'react'
import { useClient } from 'urql'
import { ImportXmlDocument, type ImportXmlMutation } from '../../gen/graphql'
import { type Problem, problemOf } from '../../graphql/problem'
import { formatCount, plural } from '../../text/numbers'
import { Alert } from '../../ui/Alert'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { FileField } from '../../ui/FileField'
import { ProblemAlert } from '../../ui/Problem'
import { Scroller } from '../../ui/Scroller'
import { Loading } from '../../ui/Progress'
import type { DialogProps } from '../DossierDialogs'

type Report = ImportXmlMutation['importXml']

const MOST_BYTES = 5_000_000
const MOST_LINES = 200
const OUTCOMES = { CHANGED: 'modifiée', UNCHANGED: 'inchangée', IGNORED: 'ignorée', REFUSED: 'refusée' } as const

/** Loads an XML file in two times: what it would change is shown first, then it is loaded, whole or not at all. */
export function ImportDialog({ dossier, cells, onRewritten, onClose }: DialogProps) {
  const client = useClient()
  const [file, setFile] = useState<{ name: string; xml: string }>()
  const [report, setReport] = useState<Report>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)

  const send = async (xml: string, dryRun: boolean) => {
    setBusy(true)
    setProblem(undefined)
    await cells.flush()
    const { data, error } = await client.mutation(ImportXmlDocument, { dossier: dossier.id, xml, dryRun })
    setBusy(false)
    setProblem(problemOf(error))
    setReport(data?.importXml)
    if (data?.importXml.applied) onRewritten()
  }
  const choose = async (chosen: File) => {
    setReport(undefined)
    const read = await readXml(chosen)
    if ('problem' in read) {
      setFile({ name: chosen.name, xml: '' })
      setProblem(read.problem)
    } else {
      setFile({ name: chosen.name, xml: read.xml })
      await send(read.xml, true)
    }
  }
  const canLoad = Boolean(file && report?.dryRun && report.refused === 0 && report.changed > 0)
  return (
    <Dialog
      title="Charger un fichier XML"
      size="l"
      onClose={onClose}
      footer={
        report?.applied ? (
          <Button look="primary" onClick={onClose}>
            Fermer
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Annuler</Button>
            <Button
              look="primary"
              icon="upload"
              disabled={!canLoad}
              busy={busy && canLoad}
              onClick={() => file && void send(file.xml, false)}
            >
              {canLoad && report ? `Charger ${plural(report.changed, 'valeur')}` : 'Charger'}
            </Button>
          </>
        )
      }
    >
      {!report?.applied && (
        <FileField
          label="Choisir un fichier"
          hint="ou le déposer ici · XML d’échange Harmonia, 5 Mo au plus"
          accept=".xml,text/xml,application/xml"
          fileName={file?.name}
          onFile={(chosen) => void choose(chosen)}
        />
      )}
      <ProblemAlert problem={problem} />
      {busy && !report && <Loading label="Lecture du fichier…" />}
      {report && <ReportView report={report} />}
    </Dialog>
  )
}

function ReportView({ report }: { report: Report }) {
  const { read, changed, unchanged, ignored, refused, lines, applied } = report
  const counts = [
    ['Lues', read],
    ['Modifiées', changed],
    ['Inchangées', unchanged],
    ['Ignorées', ignored],
    ['Refusées', refused],
  ] as const
  return (
    <>
      {applied && (
        <Alert tone="good" title={`${plural(changed, 'valeur chargée', 'valeurs chargées')} dans le dossier.`} />
      )}
      {refused > 0 && (
        <Alert tone="bad" title="Le fichier ne peut pas être chargé : rien n’a été écrit.">
          <p>Corrigez les lignes refusées, puis choisissez le fichier de nouveau.</p>
        </Alert>
      )}
      {!applied && refused === 0 && changed === 0 && (
        <Alert tone="info" title="Ce fichier ne change aucune valeur du dossier." />
      )}
      <dl className="counts">
        {counts.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="numeric">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      {lines.length > 0 && (
        <Scroller className="report-lines" label="Détail du fichier">
          <table>
            <thead>
              <tr>
                <th scope="col">Ligne</th>
                <th scope="col">Cellule</th>
                <th scope="col">Sort</th>
                <th scope="col">Explication</th>
              </tr>
            </thead>
            <tbody>
              {lines.slice(0, MOST_LINES).map(({ line, cell, outcome, message }) => (
                <tr key={`${line} ${cell}`}>
                  <td className="numeric">{line ?? '–'}</td>
                  <td>
                    <code>{cell}</code>
                  </td>
                  <td>{OUTCOMES[outcome]}</td>
                  <td>{message}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {lines.length > MOST_LINES && (
            <p className="muted">… et {plural(lines.length - MOST_LINES, 'autre ligne', 'autres lignes')}.</p>
          )}
        </Scroller>
      )}
    </>
  )
}

function fail(code: string, message: string): { problem: Problem } {
  return { problem: { code, message, details: {} } }
}

async function readXml(file: File): Promise<{ xml: string } | { problem: Problem }> {
  if (file.size > MOST_BYTES)
    return fail('XML_TOO_LARGE', 'Ce fichier dépasse 5 Mo : vérifiez qu’il s’agit bien d’un dossier exporté en XML.')
  try {
    return { xml: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) }
  } catch {
    return fail('XML_ENCODING', 'Ce fichier n’est pas codé en UTF-8 : exportez-le de nouveau dans ce codage.')
  }
}
