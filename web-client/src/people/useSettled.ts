import { useEffect, useState } from 'react'

/**
 * After a save, what was typed stays on the screen until what is saved has been read again: otherwise the
 * old values would show for a moment. `wait` starts it; `onSettled` is called when `version` has moved.
 */
export function useSettled(version: number, onSettled: () => void) {
  const [before, setBefore] = useState<number>()
  useEffect(() => {
    if (before === undefined || version === before) return
    setBefore(undefined)
    onSettled()
  }, [before, version, onSettled])
  return { isWaiting: before !== undefined, wait: () => setBefore(version) }
}
