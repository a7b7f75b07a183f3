import { type FormEvent, useId, useState } from 'react'
import { useClient } from 'urql'
import { UploadPackDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextArea, TextField } from '../ui/Field'
import { FileField } from '../ui/FileField'
import { ProblemAlert } from '../ui/Problem'
import { type Content, readUpload } from './readUpload'

/** What is known before the files are chosen; nothing for a form that is still to be named. */
export interface UploadStart {
  readonly form?: string
  readonly year?: number
  readonly base?: number | null
  readonly note?: string
  readonly platform?: string
  /** The draft that this one takes the place of. */
  readonly replaces?: string
}

interface Props {
  readonly start: UploadStart
  readonly onClose: () => void
  readonly onDone: (draft: string) => void
}

/** Sends a revision in as a draft, from texts, their archive, or a workbook: it touches no dossier. */
export function UploadDialog({ start, onClose, onDone }: Props) {
  const client = useClient()
  const id = useId()
  const [chosen, setChosen] = useState<{ name: string; content: Content }>()
  const [form, setForm] = useState(start.form ?? '')
  const [year, setYear] = useState(String(start.year ?? ''))
  const [note, setNote] = useState(start.note ?? '')
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)

  const choose = async (files: readonly File[]) => {
    const read = await readUpload(files)
    setProblem('problem' in read ? read.problem : undefined)
    if ('problem' in read) return setChosen(undefined)
    const [first] = files
    setChosen({
      name: files.length === 1 && first ? first.name : plural(files.length, 'fichier'),
      content: read.content,
    })
    if (!start.form && read.form) setForm(read.form)
    if (!start.year && read.year) setYear(String(read.year))
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!chosen || busy) return
    setBusy(true)
    const { base, platform, replaces } = start
    const upload = { form: form.trim(), year: Number(year), note, base, platform, replaces, ...chosen.content }
    const { data, error } = await client.mutation(UploadPackDocument, { upload })
    setBusy(false)
    setProblem(problemOf(error))
    if (data) onDone(data.uploadPack.id)
  }
  return (
    <Dialog
      title={titleOf(start)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Annuler</Button>
          <Button look="primary" icon="upload" type="submit" form={id} busy={busy} disabled={!chosen}>
            Déposer
          </Button>
        </>
      }
    >
      <p className="muted">
        Un brouillon ne touche aucun dossier&nbsp;: vous verrez ses défauts, ses différences et ses effets avant de le
        publier.
      </p>
      <ProblemAlert problem={problem} />
      <form id={id} className="stack" onSubmit={submit}>
        <FileField
          label="Choisir les fichiers"
          hint="ou les déposer ici · tous les textes (.txt, .json), leur archive ZIP, ou un classeur XLSX"
          accept=".txt,.json,.zip,.xlsx"
          multiple
          fileName={chosen?.name}
          onFiles={(files) => void choose(files)}
        />
        {!start.form && (
          <div className="packs-pair">
            <TextField
              label="Formulaire"
              hint="Par exemple ER"
              required
              maxLength={16}
              value={form}
              onChange={(event) => setForm(event.target.value.toUpperCase())}
            />
            <TextField
              label="Année des comptes"
              required
              inputMode="numeric"
              pattern="[0-9]{4}"
              value={year}
              onChange={(event) => setYear(event.target.value)}
            />
          </div>
        )}
        <TextArea
          label="Commentaire (facultatif)"
          hint="Ce qui change et pourquoi : il accompagne la révision une fois publiée."
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </form>
    </Dialog>
  )
}

function titleOf({ form, year, replaces }: UploadStart): string {
  if (replaces) return 'Remplacer les fichiers du brouillon'
  return form ? `Préparer la révision suivante de ${form} ${year}` : 'Déposer un brouillon'
}
