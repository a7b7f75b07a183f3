import { useEffect, useRef, useState } from 'react'
import { useClient, useQuery } from 'urql'
import { PackFilesDocument, type PackFileInput, type PackFilesQuery, UploadPackDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { startOf } from './DraftDialogs'
import type { Draft } from './DraftPage'
import { Section } from './Section'

/** A place in a draft's files; lines and columns from 1, 0 for the whole file. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

interface Props {
  readonly draft: Draft
  /** Where to open them; another object each time that it is asked. */
  readonly place: Place | undefined
  readonly onSaved: (draft: string) => void
}

type Files = PackFilesQuery['packDraft']['files']

const FIRST = 'pack.txt'

/** The texts of the draft, to mend them here: what is kept becomes a draft that takes this one's place. */
export function FilesSection({ draft, place, onSaved }: Props) {
  const [isOpen, setOpen] = useState(false)
  const [{ data, error }] = useQuery({ query: PackFilesDocument, variables: { id: draft.id }, pause: !isOpen })
  useEffect(() => {
    if (place) setOpen(true)
  }, [place])
  const problem = problemOf(error)
  return (
    <Section
      title="Fichiers"
      state={
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Fermer les fichiers' : 'Modifier les fichiers ici'}
        </Button>
      }
      waiting={isOpen && !data && !problem ? 'Lecture des fichiers…' : undefined}
    >
      {isOpen && <ProblemAlert problem={problem} />}
      {isOpen && data && <Editor draft={draft} files={data.packDraft.files} place={place} onSaved={onSaved} />}
    </Section>
  )
}

function Editor({ draft, files, place, onSaved }: Props & { files: Files }) {
  const [name, setName] = useState(place?.file ?? FIRST)
  const [edited, setEdited] = useState<Readonly<Record<string, string>>>({})
  const area = useRef<HTMLTextAreaElement>(null)
  const texts = Object.fromEntries(files.map((file) => [file.name, file.text]))
  const changed = files.filter((file) => edited[file.name] !== undefined && edited[file.name] !== file.text)
  const { busy, problem, save } = useSave(draft, onSaved)
  useEffect(() => {
    if (place) setName(place.file)
  }, [place])
  useEffect(() => {
    if (place && area.current && place.file === name) select(area.current, place)
  }, [place, name])
  useLeaveWarning(changed.length > 0)
  return (
    <>
      <ProblemAlert problem={problem} />
      <div className="packs-editor-bar">
        <SelectField label="Fichier" value={name} onChange={(event) => setName(event.target.value)}>
          {files.map((file) => (
            <option key={file.name}>{file.name}</option>
          ))}
        </SelectField>
        {changed.length > 0 && (
          <Badge tone="warn">{plural(changed.length, 'fichier modifié', 'fichiers modifiés')}</Badge>
        )}
        <Button
          look="primary"
          busy={busy}
          disabled={changed.length === 0}
          onClick={() => save(files.map((file) => ({ name: file.name, text: edited[file.name] ?? file.text })))}
        >
          Enregistrer le brouillon
        </Button>
      </div>
      <textarea
        ref={area}
        className="packs-editor"
        aria-label={`Contenu de ${name}`}
        spellCheck={false}
        wrap="off"
        value={edited[name] ?? texts[name] ?? ''}
        onChange={(event) => setEdited({ ...edited, [name]: event.target.value })}
      />
    </>
  )
}

function useSave(draft: Draft, onSaved: (draft: string) => void) {
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const send = async (files: readonly PackFileInput[]) => {
    setBusy(true)
    const upload = { ...startOf(draft), files }
    const { data, error } = await client.mutation(UploadPackDocument, { upload })
    setBusy(false)
    setProblem(problemOf(error))
    if (data) onSaved(data.uploadPack.id)
  }
  return { busy, problem, save: (files: readonly PackFileInput[]) => void send(files) }
}

/** Puts the cursor at the place, its line selected and in sight. */
function select(area: HTMLTextAreaElement, { line, column }: Place): void {
  const lines = area.value.split('\n')
  const before = lines.slice(0, Math.max(0, line - 1))
  const start = before.reduce((total, text) => total + text.length + 1, 0)
  const end = start + (lines[line - 1]?.length ?? 0)
  area.focus()
  area.setSelectionRange(start + Math.max(0, column - 1), end)
  area.scrollTop = Math.max(0, before.length - 3) * Number.parseFloat(getComputedStyle(area).lineHeight)
  area.scrollIntoView({ block: 'center' })
}

/** Closing the window with texts that are not kept asks first. */
function useLeaveWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isDirty])
}
