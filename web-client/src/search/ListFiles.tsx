import { FileLink } from '../ui/FileLink'
import { type ListFormat, type ListTaken, canTake, listAddress, toPrint } from './listFiles'

const FILES: readonly (readonly [ListFormat, string])[] = [
  ['csv', 'CSV'],
  ['xml', 'XML'],
  ['xlsx', 'Excel'],
]

interface Props {
  readonly taken: ListTaken
  /** The dossiers on screen where the list has pages. */
  readonly page: readonly string[] | undefined
}

/** The list as files and on paper (manual §6.4): all of it, or what is chosen. */
export function ListFiles({ taken, page }: Props) {
  const { selection } = taken
  const isSome = selection.ids.size > 0
  if (!canTake(selection)) {
    return (
      <p className="found-files muted">
        {selection.isAll
          ? 'Un fichier écarte 1\u202f000 dossiers au plus\u00a0: décochez-en moins.'
          : 'Un fichier prend 1\u202f000 dossiers cochés au plus\u00a0: cochez-en moins, ou choisissez-les tous.'}
      </p>
    )
  }
  const printed = toPrint(selection, page)
  return (
    <ul className="found-files" aria-label={isSome ? 'Les dossiers choisis en fichier' : 'La liste en fichier'}>
      {FILES.map(([format, name]) => (
        <li key={format}>
          <FileLink href={listAddress(format, taken)} size={Infinity}>
            {name}
          </FileLink>
        </li>
      ))}
      <li>
        <a href={listAddress('html', { ...taken, selection: printed })} target="_blank" rel="noreferrer">
          {isSome ? 'Imprimer le choix' : printed === selection ? 'Imprimer la liste' : 'Imprimer la page'}
        </a>
      </li>
    </ul>
  )
}
