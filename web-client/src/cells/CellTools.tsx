import { TalkButton } from '../exchange/TalkMarks'
import type { Talk } from '../exchange/talks'
import { Button, IconButton } from '../ui/Button'
import type { GridActions } from './actions'
import { formatValue } from './format'
import type { GridCell } from './gridModel'
import type { CellView } from './model'

interface Props {
  readonly cell: GridCell
  readonly view: CellView
  readonly actions: GridActions
  readonly isHelpOpen: boolean
  /** What is said of it; undefined for whoever may not read that. */
  readonly talks: readonly Talk[] | undefined
}

/** What can be asked about the active cell; each has its key, for those who do not leave the keyboard. */
export function CellTools({ cell, view: { data, previous }, actions, isHelpOpen, talks }: Props) {
  const { store, model } = actions
  const isBlank = data.value === null && !data.draft
  return (
    <p className="cell-tools">
      {previous?.acceptable && isBlank && store.editable && (
        <Button aria-keyshortcuts="F8" title="F8" onClick={() => actions.ask('previous', cell)}>
          Reprendre {formatValue(previous.value, cell.unit)}
        </Button>
      )}
      {cell.row.help && (
        <IconButton
          icon="info"
          label="Aide de la ligne (F1)"
          aria-keyshortcuts="F1"
          aria-pressed={isHelpOpen}
          onClick={() => actions.ask('help', cell)}
        />
      )}
      <IconButton
        icon="clock"
        label="Historique de la cellule (Ctrl + Entrée)"
        aria-keyshortcuts="Control+Enter"
        onClick={() => actions.ask('history', cell)}
      />
      {talks && <TalkButton talks={talks} of="de la cellule" onOpen={() => actions.ask('message', cell)} />}
      {talks?.length === 0 && (
        <IconButton
          icon="message"
          label="Message sur la cellule (Maj + F2)"
          aria-keyshortcuts="Shift+F2"
          onClick={() => actions.ask('message', cell)}
        />
      )}
      {model.tab.dynamic && store.editable && (
        <IconButton
          icon="trash"
          label="Supprimer la ligne (Ctrl + Suppr)"
          aria-keyshortcuts="Control+Delete"
          onClick={() => actions.ask('deleteRow', cell)}
        />
      )}
    </p>
  )
}
