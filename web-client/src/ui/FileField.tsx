import { type DragEvent, useId, useState } from 'react'
import { FieldError } from './Field'
import { Icon } from './Icon'

interface Props {
  readonly label: string
  readonly hint: string
  readonly error?: string
  readonly accept: string
  readonly multiple?: boolean
  /** What was chosen, as it is shown. */
  readonly fileName?: string
  readonly onFiles: (files: readonly File[]) => void
}

/** Chooses one file, or several, by clicking or by dropping them. */
export function FileField({ label, hint, error, accept, multiple = false, fileName, onFiles }: Props) {
  const id = useId()
  const [isOver, setOver] = useState(false)
  const take = (chosen: FileList | null) => {
    const files = [...(chosen ?? [])]
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <div className={`field ${error ? 'field-wrong' : ''}`}>
      <div
        className={`file-field ${isOver ? 'file-field-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name={fileName ? 'file' : 'upload'} size={24} />
        <label htmlFor={id}>{fileName ?? label}</label>
        <p className="field-hint" id={`${id}-hint`}>
          {fileName ? (multiple ? 'Choisir d’autres fichiers' : 'Choisir un autre fichier') : hint}
        </p>
        <input
          id={id}
          type="file"
          accept={accept}
          multiple={multiple}
          aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
          aria-invalid={error ? true : undefined}
          onChange={({ target }) => {
            take(target.files)
            // Cleared, so that the same file corrected on the disk can be chosen again.
            target.value = ''
          }}
        />
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}
