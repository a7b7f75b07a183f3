import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { UnreadNotificationsDocument } from '../gen/graphql'
import { isPresent } from '../session/presence'

const PERIOD = 60_000
const CHANGED = 'harmonia:notifications'

/** Tells the bell that some were read. */
export function tellRead(left: number): void {
  window.dispatchEvent(new CustomEvent(CHANGED, { detail: left }))
}

/** How many are unread: asked each minute while somebody is at the page, and when it comes back into view. */
export function useUnread(): number {
  const client = useClient()
  const [unread, setUnread] = useState(0)
  useEffect(() => {
    let wanted = true
    const ask = async () => {
      const { data } = await client.query(UnreadNotificationsDocument, {}, { requestPolicy: 'network-only' })
      if (wanted && data) setUnread(data.unreadNotifications)
    }
    const onTime = () => {
      if (isPresent()) void ask()
    }
    const onReturn = () => {
      if (document.visibilityState === 'visible') void ask()
    }
    const onRead = (event: Event) => setUnread((event as CustomEvent<number>).detail)
    void ask()
    const timer = setInterval(onTime, PERIOD)
    window.addEventListener('focus', onReturn)
    document.addEventListener('visibilitychange', onReturn)
    window.addEventListener(CHANGED, onRead)
    return () => {
      wanted = false
      clearInterval(timer)
      window.removeEventListener('focus', onReturn)
      document.removeEventListener('visibilitychange', onReturn)
      window.removeEventListener(CHANGED, onRead)
    }
  }, [client])
  return unread
}
