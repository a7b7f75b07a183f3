import { useState } from 'react'
import type { AttachedDossier } from './useAttachments'
import { formatSize } from '../text/numbers'
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
  const required = pieces.filter((one) => one.required)
  const others = pieces.filter((one) => !one.required)
  const take = (files: readonly File[]) => {
    if (piece === NONE) setError('Choisissez d’abord le type de pièce.')
    else onAdd(files, piece)
  }
  return (
    <section className="exchange-box stack" aria-label="Ajouter une pièce jointe">
      <h2>Ajouter une pièce jointe</h2>
      <SelectField
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
        onFiles={take}
      />
    </section>
  )
}
