import { useState } from 'react'
import { useQuery } from 'urql'
import { FormsFoundDocument, ImportWorkListDocument, type ImportWorkListMutation } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { useOnce } from '../graphql/useOnce'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { SelectField } from '../ui/Field'
import { FileField } from '../ui/FileField'
import { ProblemAlert } from '../ui/Problem'
import { ImportedLines } from './ImportedLines'
import { type WorkList, nameOf } from './lists'
import { readCsv } from './readCsv'
import '../dossier/dialogs/dialogs.css'
import './worklist.css'

interface Props {
  readonly list: WorkList
  readonly onClose: () => void
  /** How many dossiers a file put in. */
  readonly onAdded: (count: number) => void
}

/** Adds the dossiers that a CSV names (manual §7.1.2), and says of each line what became of it. */
export function ImportListDialog({ list, onClose, onAdded }: Props) {
  const { send, busy, problem } = useOnce()
  const [file, setFile] = useState<File>()
  const [unread, setUnread] = useState<Problem>()
  const [form, setForm] = useState('')
  const [year, setYear] = useState('')
  const [report, setReport] = useState<ImportWorkListMutation['importWorkList']>()
  const load = async () => {
    if (!file) return
    const read = await readCsv(file)
    if ('message' in read) return setUnread(read)
    setUnread(undefined)
    const asked = { list: list.id, file: read.content, form: form || null, year: Number(year) || null }
    const sent = await send(ImportWorkListDocument, asked)
    if (!sent) return
    setReport(sent.importWorkList)
    onAdded(sent.importWorkList.added)
  }
  return (
    <Dialog
      title={`Importer dans «\u00a0${nameOf(list)}\u00a0»`}
      size="l"
      onClose={onClose}
      footer={
        report ? (
          <>
            <Button icon="upload" onClick={() => (setReport(undefined), setFile(undefined))}>
              Importer un autre fichier
            </Button>
            <Button look="primary" data-autofocus onClick={onClose}>
              Fermer
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>Annuler</Button>
            <Button look="primary" icon="upload" disabled={!file} busy={busy} onClick={() => void load()}>
              Lancer l’import
            </Button>
          </>
        )
      }
    >
      {report ? (
        <ImportedLines report={report} />
      ) : (
        <>
          <FileField
            label="Choisir un fichier CSV"
            hint="ou le déposer ici · la liste exportée d’ici, ou une liste de SIREN ou de codes, un par ligne · 8&nbsp;Mo au plus"
            accept=".csv,.txt"
            fileName={file?.name}
            onFiles={([chosen]) => (setUnread(undefined), setFile(chosen))}
          />
          <ProblemAlert problem={unread ?? problem} />
          <Which {...{ form, setForm, year, setYear }} />
        </>
      )}
    </Dialog>
  )
}

interface WhichProps {
  readonly form: string
  readonly setForm: (form: string) => void
  readonly year: string
  readonly setYear: (year: string) => void
}

/** Which dossiers of an organism that the file only names by its SIREN or its code. */
function Which({ form, setForm, year, setYear }: WhichProps) {
  const [{ data }] = useQuery({ query: FormsFoundDocument, variables: { criteria: null } })
  const facets = data?.dossiers.facets
  return (
    <fieldset className="worklist-which">
      <legend className="legend-title">Pour les lignes qui ne disent pas le dossier</legend>
      <SelectField label="Formulaire" value={form} onChange={({ target }) => setForm(target.value)}>
        <option value="">tous</option>
        {facets?.forms.map((one) => (
          <option key={one.form}>{one.form}</option>
        ))}
      </SelectField>
      <SelectField label="Année" value={year} onChange={({ target }) => setYear(target.value)}>
        <option value="">toutes</option>
        {facets?.years.map((one) => (
          <option key={one.year}>{one.year}</option>
        ))}
      </SelectField>
    </fieldset>
  )
}
