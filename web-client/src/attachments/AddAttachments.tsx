import { useRef, useState } from 'react'
import type { AttachedDossier } from './useAttachments'
import { formatSize, plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { FileField } from '../ui/FileField'

const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.tif,.tiff,.docx,.xlsx,.odt,.ods,.csv,.txt'
const NONE = '?'
const OTHER = ''

interface Props {
  readonly pieces: AttachedDossier['pieces']
  readonly limit: number
  readonly onAdd: (files: readonly File[], piece: string) => void
}

/** First the type of a document, then the document itself, chosen or dropped. */
export function AddAttachments({ pieces, limit, onAdd }: Props) {
  const [piece, setPiece] = useState(NONE)
  const [error, setError] = useState<string>()
  const [kept, setKept] = useState<readonly File[]>([])
  const field = useRef<HTMLSelectElement>(null)
  const required = pieces.filter((one) => one.required)
  const others = pieces.filter((one) => !one.required)
  const take = (files: readonly File[]) => {
    const isMissing = piece === NONE
    setKept(isMissing ? files : [])
    if (!isMissing) return onAdd(files, piece)
    setError('Choisissez d’abord le type de pièce.')
    return field.current?.focus()
  }
  return (
    <section className="exchange-box stack" aria-label="Ajouter une pièce jointe">
      <h2>Ajouter une pièce jointe</h2>
      <SelectField
        ref={field}
        label="Type de pièce"
        value={piece}
        error={error}
        onChange={({ target }) => {
          setPiece(target.value)
          setError(undefined)
        }}
      >
        <option value={NONE} disabled>
          Choisir…
        </option>
        {required.length > 0 && (
          <optgroup label="À fournir">
            {required.map(({ label }) => (
              <option key={label}>{label}</option>
            ))}
          </optgroup>
        )}
        <optgroup label="Autres">
          {others.map(({ label }) => (
            <option key={label}>{label}</option>
          ))}
          <option value={OTHER}>autre pièce</option>
        </optgroup>
      </SelectField>
      <FileField
        label="Choisir des fichiers"
        hint={`Ou déposez-les ici. PDF de préférence\u202f; ${formatSize(limit).replace(',0', '')} au plus chacun.`}
        accept={ACCEPTED}
        multiple
        fileName={kept.map(({ name }) => name).join(', ') || undefined}
        onFiles={take}
      />
      {kept.length > 0 && (
        <Button icon="upload" onClick={() => take(kept)}>
          Ajouter {plural(kept.length, 'fichier')}
        </Button>
      )}
    </section>
  )
}
