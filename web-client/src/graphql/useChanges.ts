import { useEffect, useRef } from 'react'

/** Does `onChange` each time that `value` is another than the one already shown, as soon as it is ready for it. */
export function useChanges(value: unknown, onChange: () => void, isReady = true): void {
  const shown = useRef(value)
  const change = useRef(onChange)
  useEffect(() => {
    change.current = onChange
  })
  useEffect(() => {
    if (!isReady || shown.current === value) return
    shown.current = value
    change.current()
  }, [value, isReady])
}
