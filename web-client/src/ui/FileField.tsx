import { type DragEvent, useId, useState } from 'react'
import { Icon } from './Icon'

interface Props {
  readonly label: string
  readonly hint: string
  readonly accept: string
  readonly fileName?: string
  readonly onFile: (file: File) => void
}

/** Chooses one file, by clicking or by dropping it. */
export function FileField({ label, hint, accept, fileName, onFile }: Props) {
  const id = useId()
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
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
        {fileName ? 'Choisir un autre fichier' : hint}
      </p>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          // Cleared, so that the same file corrected on the disk can be chosen again.
          if (file) onFile(file)
          target.value = ''
        }}
      />
    </div>
  )
}
