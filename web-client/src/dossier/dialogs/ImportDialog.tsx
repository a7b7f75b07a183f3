import { useMemo, useRef, useState } from 'react'
import { type Client, useClient } from 'urql'
import {
  ImportRowsDocument,
  ImportSpreadsheetDocument,
  ImportXmlDocument,
  type ImportReportFieldsFragment,
} from '../../gen/graphql'
import { type Problem, problemOf } from '../../graphql/problem'
import { plural } from '../../text/numbers'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { SelectField } from '../../ui/Field'
import { FileField } from '../../ui/FileField'
import { ProblemAlert } from '../../ui/Problem'
import { Loading } from '../../ui/Progress'
import { openParts } from '../groups/instances'
import type { DialogProps } from '../DossierDialogs'
import { ImportReport, changesAny } from './ImportReport'
import { type ImportFile, guessTab, readImport } from './readImport'

type Report = ImportReportFieldsFragment

/** Loads a file in two times: what it would change is shown first, then it is loaded, whole or not at all. */
export function ImportDialog({ dossier, cells, tab: current, onRewritten, onClose }: DialogProps) {
  const client = useClient()
  const dynamicTabs = useMemo(
    () => openParts(dossier).flatMap(({ tabs }) => tabs.filter((tab) => tab.dynamic)),
    [dossier],
  )
  const [file, setFile] = useState<ImportFile>()
  const [tab, setTab] = useState('')
  const [report, setReport] = useState<Report>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  // What was asked last: the answer to an earlier file, or an earlier tab, is no report of what would be loaded.
  const turn = useRef(0)
  const takeTurn = () => {
    turn.current += 1
    return turn.current
  }

  const send = async (sent: ImportFile, into: string, dryRun: boolean) => {
    const mine = takeTurn()
    setBusy(true)
    setProblem(undefined)
    await cells.flush()
    const answer = await load(client, sent, { dossier: dossier.id, tab: into, dryRun })
    if (answer.report?.applied) onRewritten()
    if (mine !== turn.current) return
    setBusy(false)
    setProblem(answer.problem)
    setReport(answer.report)
  }
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return undefined
    const mine = takeTurn()
    setBusy(false)
    setReport(undefined)
    setFile(undefined)
    const read = await readImport(chosen)
    if (mine !== turn.current) return undefined
    if ('message' in read) return setProblem(read)
    const into = guessTab(
      read.name,
      dynamicTabs.map(({ code }) => code),
      current,
    )
    setFile(read)
    setTab(into)
    return send(read, into, true)
  }
  const canLoad = Boolean(file && report?.dryRun && report.refused === 0 && changesAny(report))
  return (
    <Dialog
      title="Importer un fichier"
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
              onClick={() => file && void send(file, tab, false)}
            >
              {canLoad && report?.changed ? `Charger ${plural(report.changed, 'valeur')}` : 'Charger'}
            </Button>
          </>
        )
      }
    >
      {!report?.applied && (
        <FileField
          label="Choisir un fichier"
          hint="ou le déposer ici · XML d’échange, classeur XLSX exporté d’ici, CSV d’un onglet à lignes · 10 Mo au plus, 5 Mo pour un XML"
          accept=".xml,.xlsx,.csv"
          fileName={file?.name}
          onFiles={([chosen]) => void choose(chosen)}
        />
      )}
      {file?.kind === 'csv' && !report?.applied && (
        <SelectField
          label="Onglet dont les lignes sont remplacées"
          value={tab}
          disabled={busy}
          onChange={({ target }) => {
            setTab(target.value)
            setReport(undefined)
            void send(file, target.value, true)
          }}
        >
          {dynamicTabs.map(({ code, title }) => (
            <option key={code} value={code}>
              {code} – {title}
            </option>
          ))}
        </SelectField>
      )}
      <ProblemAlert problem={problem} />
      {busy && !report && <Loading label="Lecture du fichier…" />}
      {report && <ImportReport key={String(report.applied)} report={report} />}
    </Dialog>
  )
}

interface Target {
  readonly dossier: string
  readonly tab: string
  readonly dryRun: boolean
}

async function load(
  client: Client,
  { kind, content: file }: ImportFile,
  { dossier, tab, dryRun }: Target,
): Promise<{ report?: Report; problem?: Problem }> {
  switch (kind) {
    case 'xml': {
      const { data, error } = await client.mutation(ImportXmlDocument, { dossier, file, dryRun })
      return { report: data?.importXml, problem: problemOf(error) }
    }
    case 'xlsx': {
      const { data, error } = await client.mutation(ImportSpreadsheetDocument, { dossier, file, dryRun })
      return { report: data?.importSpreadsheet, problem: problemOf(error) }
    }
    case 'csv': {
      const { data, error } = await client.mutation(ImportRowsDocument, { dossier, tab, file, dryRun })
      return { report: data?.importRows, problem: problemOf(error) }
    }
  }
}
