import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Level } from '../gen/graphql'

const KEPT = 'harmonia.exchange-zone'
const narrow = window.matchMedia('(max-width: 1100px)')

export interface Wish {
  readonly to: 'read' | 'write'
}

/** Whether the zone of exchanges is in sight, what it shows, and how one comes and goes. */
export interface Zone {
  readonly isShown: boolean
  /** Over the page: there is no room beside it. */
  readonly isDrawer: boolean
  readonly level: Level
  /** What takes the focus; another object each time it is asked for. */
  readonly wish: Wish | undefined
  readonly look: (level: Level) => void
  /** Shows what was said there. */
  readonly open: (level: Level) => void
  /** Shows it, ready to write about that. */
  readonly write: (level: Level) => void
  readonly hide: () => void
  /** Shows or hides it; the focus stays. */
  readonly toggle: () => void
}

/**
 * The zone as it was left, but over the page: there it opens only when asked for. Maj + F2 goes to it and back
 * from it, to the active cell.
 */
export function useZone(isReader: boolean): Zone {
  const isDrawer = useSyncExternalStore(watchWidth, () => narrow.matches)
  const [isBeside, setBeside] = useState(() => readKept() === 'shown')
  const [isOver, setOver] = useState(false)
  const [level, look] = useState<Level>('TAB')
  const [wish, setWish] = useState<Wish>()
  const isShown = isReader && (isDrawer ? isOver : isBeside)
  const set = useCallback(
    (shown: boolean) => {
      if (isDrawer) setOver(shown)
      else {
        setBeside(shown)
        keep(shown ? 'shown' : 'hidden')
      }
    },
    [isDrawer],
  )
  const show = useCallback(
    (wanted: Level, to: Wish['to']) => {
      look(wanted)
      set(true)
      setWish({ to })
    },
    [set],
  )
  const open = useCallback((wanted: Level) => show(wanted, 'read'), [show])
  const write = useCallback((wanted: Level) => show(wanted, 'write'), [show])
  const toggle = () => {
    setWish(undefined)
    set(!isShown)
  }
  const hide = useCallback(() => {
    set(false)
    setWish(undefined)
    document.querySelector<HTMLElement>('.cell.is-active')?.focus()
  }, [set])
  useShortcut(isReader, isShown, () => write('CELL'), hide)
  return { isShown, isDrawer, level, wish, look, open, write, hide, toggle }
}

/** Maj + F2, before the grid hears of it: where spreadsheets write a comment. */
function useShortcut(isReader: boolean, isShown: boolean, write: () => void, hide: () => void): void {
  const latest = useRef({ isShown, write, hide })
  latest.current = { isShown, write, hide }
  useEffect(() => {
    if (!isReader) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F2' || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
      const within = event.target instanceof Element ? event.target : null
      // A window that covers the page keeps its keys.
      if (within?.closest('dialog:not(.dialog-drawer)')) return
      event.preventDefault()
      event.stopPropagation()
      if (latest.current.isShown && within?.closest('.exchange-zone, .dialog-drawer')) latest.current.hide()
      else latest.current.write()
    }
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [isReader])
}

function watchWidth(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

function readKept(): string | null {
  try {
    return window.localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

function keep(state: string): void {
  try {
    window.localStorage.setItem(KEPT, state)
  } catch {
    // A browser that keeps nothing shows it as at first.
  }
}
