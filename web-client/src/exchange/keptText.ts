import { useCallback, useState, useSyncExternalStore } from 'react'
import { Emitter } from '../cells/emitter'

// Under the drafts of cells, so that they are forgotten with them when someone else signs in.
const PREFIX = 'harmonia.drafts.message.'
const changes = new Emitter()

/** A message being written: neither another screen nor a reload of the page loses it. */
export function useKeptText(
  dossier: string,
  place: string,
  initial = '',
): readonly [text: string, keep: (text: string) => void] {
  const key = `${PREFIX}${dossier}.${place}`
  const [text, setText] = useState(() => storage()?.getItem(key) ?? initial)
  const keep = useCallback(
    (typed: string) => {
      setText(typed)
      write(key, typed)
      changes.emit()
    },
    [key],
  )
  return [text, keep]
}

/** How many messages are being written about a dossier, wherever their boxes are. */
export function useKeptCount(dossier: string): number {
  return useSyncExternalStore(changes.subscribe, () => keysOf(dossier).length)
}

/** Whether something is being written in that place. */
export function isKept(dossier: string, place: string): boolean {
  return keysOf(dossier).includes(`${PREFIX}${dossier}.${place}`)
}

function keysOf(dossier: string): string[] {
  const kept = storage()
  const isOf = (key: string) => key.startsWith(`${PREFIX}${dossier}.`) && Boolean(kept?.getItem(key)?.trim())
  return Object.keys(kept ?? {}).filter(isOf)
}

/** A full store keeps nothing: the text then lives as long as its box. */
function write(key: string, text: string): void {
  try {
    if (text) storage()?.setItem(key, text)
    else storage()?.removeItem(key)
  } catch {
    storage()?.removeItem(key)
  }
}

function storage(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}
