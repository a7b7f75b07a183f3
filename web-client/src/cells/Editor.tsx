import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { GridActions } from './actions'
import { editableText } from './format'
import type { GridCell } from './gridModel'
import { editingCommandOf } from './keyboard'
import type { CellData, Editing } from './model'
import { shownValue } from './model'
import { isBlock } from './paste'
import { isNumber } from './units'

interface Props {
  readonly cell: GridCell
  readonly data: CellData
  readonly editing: Editing
  readonly actions: GridActions
  readonly onBlock: (text: string) => void
}

/** The one field of the grid, wherever it is open. What was typed is kept however it closes, but by Escape. */
export function Editor({ cell, data, editing, actions, onBlock }: Props) {
  // As it was opened: a value that changes underneath is not what this hand typed.
  const [initial] = useState(() =>
    data.draft && data.draft.value === undefined ? data.draft.text : editableText(shownValue(data), cell.unit),
  )
  const [text, setText] = useState(editing.text ?? initial)
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null)
  // Survives the last render: the unmounting grid must still be able to keep the text.
  const pending = useRef<string | null>(null)
  pending.current = text === initial ? null : text

  const close = () => {
    const typed = pending.current
    pending.current = null
    // First: a forcible cell is compared with what its formula gives, not with its own text.
    actions.preview(cell, undefined)
    if (typed !== null) actions.commit(cell, typed)
  }
  const closing = useRef(close)
  closing.current = close

  useEffect(() => {
    const element = field.current
    element?.focus()
    if (element && 'setSelectionRange' in element && editing.text === undefined) {
      if (editing.mode === 'replace') element.select()
      else element.setSelectionRange(element.value.length, element.value.length)
    }
    return () => closing.current()
  }, [editing])

  const onKeyDown = (event: KeyboardEvent) => {
    const element = event.currentTarget as HTMLInputElement
    const selected = (element.selectionEnd ?? 0) - (element.selectionStart ?? 0)
    const whole = !cell.choices && selected === element.value.length
    if (cell.choices && event.key.startsWith('Arrow')) return
    const command = editingCommandOf(event, editing.mode, whole)
    event.stopPropagation()
    if (!command) return
    if (command.do === 'cancel') pending.current = null
    closing.current()
    if (actions.run(command)) event.preventDefault()
  }
  const shared = {
    ref: field,
    className: `cell-editor ${isNumber(cell.unit) ? 'is-number' : ''}`,
    'aria-label': `${cell.row.label}, ${cell.column.label}`,
    value: text,
    onKeyDown,
    onChange: ({ target }: { target: { value: string } }) => {
      setText(target.value)
      actions.preview(cell, target.value)
    },
    onBlur: () => {
      const { store } = actions
      closing.current()
      // The focus went elsewhere by the user's own hand: it is not taken back.
      if (!store.isEditing || store.activeId !== cell.id) return
      store.wantsFocus = false
      store.activate(cell.id)
    },
  }
  if (cell.choices) {
    return (
      <select {...shared}>
        <option value="">(vide)</option>
        {cell.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    )
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain')
    if (!isBlock(pasted)) return
    event.preventDefault()
    // The grid, which hears it next, would take it for its own.
    event.stopPropagation()
    pending.current = null
    actions.store.activate(cell.id)
    onBlock(pasted)
  }
  return (
    <input
      {...shared}
      type="text"
      inputMode={isNumber(cell.unit) ? 'decimal' : undefined}
      autoComplete="off"
      onPaste={onPaste}
    />
  )
}
