import { useCallback, useEffect, useRef } from 'react'

const CHANNEL = 'harmonia.session'

/** Who has just signed in, as drafts name their owner; null for a sign-out. */
export type Newcomer = string | null

/**
 * The windows of a browser share its session: says in the others who signed in, or out, in this one, and hears it
 * from them. Without it they would go on under the name of whoever was there before.
 */
export function useOtherWindows(onTold: (newcomer: Newcomer) => void): (newcomer: Newcomer) => void {
  const channel = useRef<BroadcastChannel>(undefined)
  useEffect(() => {
    const opened = new BroadcastChannel(CHANNEL)
    opened.addEventListener('message', ({ data }: MessageEvent<Newcomer>) => onTold(data))
    channel.current = opened
    return () => opened.close()
  }, [onTold])
  return useCallback((newcomer) => channel.current?.postMessage(newcomer), [])
}
