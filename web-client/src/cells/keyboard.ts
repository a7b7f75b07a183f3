import type { Step } from './navigate'

/** What is asked about the active cell, and is answered beside the grid. */
export type Ask = 'help' | 'history' | 'previous' | 'deleteRow' | 'message'

export type Command =
  | { readonly do: 'move'; readonly step: Step; readonly opens: boolean }
  | { readonly do: 'edit' }
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'clear' }
  | { readonly do: 'undo' }
  | { readonly do: 'cancel' }
  | { readonly do: 'ask'; readonly what: Ask }

export interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const ASKED: Readonly<Record<string, Ask>> = { F1: 'help', F8: 'previous' }
const ASKED_WITH_CONTROL: Readonly<Record<string, Ask>> = { Enter: 'history', Delete: 'deleteRow' }
const ARROWS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
}

/** What a key asks of the grid while no cell is being edited. */
export function commandOf(event: Key): Command | undefined {
  const { key, shiftKey } = event
  const control = event.ctrlKey || event.metaKey
  if (event.altKey) return undefined
  if (control) return controlled(key)
  if (key in ASKED) return { do: 'ask', what: ASKED[key]! }
  if (key in ARROWS) return move(ARROWS[key]!)
  if (key === 'Home') return move('rowStart')
  if (key === 'End') return move('rowEnd')
  if (key === 'Tab') return move(shiftKey ? 'previousEntry' : 'nextEntry')
  if (key === 'Enter') return { do: 'move', step: shiftKey ? 'up' : 'down', opens: true }
  if (key === 'F2') return { do: 'edit' }
  if (key === 'Delete' || key === 'Backspace') return { do: 'clear' }
  return key.length === 1 ? { do: 'type', text: key } : undefined
}

/**
 * What a key asks while a cell is edited; undefined leaves it to the field. `whole`: its text is
 * still wholly selected or empty, as when one moved in, so that the arrows go on moving.
 */
export function editingCommandOf(event: Key, mode: 'replace' | 'edit', whole: boolean): Command | undefined {
  const { key, shiftKey } = event
  if (event.altKey) return undefined
  if (event.ctrlKey || event.metaKey) {
    // In a text, Ctrl+Suppr takes a word away.
    return key === 'Enter' || (key === 'Delete' && whole) ? controlled(key) : undefined
  }
  if (key in ASKED) return { do: 'ask', what: ASKED[key]! }
  if (key === 'Escape') return { do: 'cancel' }
  if (key === 'Enter') return { do: 'move', step: shiftKey ? 'up' : 'down', opens: true }
  if (key === 'Tab') return { do: 'move', step: shiftKey ? 'previousEntry' : 'nextEntry', opens: true }
  if (key === 'ArrowUp' || key === 'ArrowDown') return mode === 'edit' ? undefined : move(ARROWS[key]!)
  if (key === 'ArrowLeft' || key === 'ArrowRight') return mode === 'replace' && whole ? move(ARROWS[key]!) : undefined
  return undefined
}

function controlled(key: string): Command | undefined {
  if (key in ASKED_WITH_CONTROL) return { do: 'ask', what: ASKED_WITH_CONTROL[key]! }
  if (key === 'Home') return move('start')
  if (key === 'End') return move('end')
  if (key.toLowerCase() === 'z') return { do: 'undo' }
  return undefined
}

function move(step: Step): Command {
  return { do: 'move', step, opens: false }
}
