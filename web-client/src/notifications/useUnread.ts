import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { UnreadNotificationsDocument } from '../gen/graphql'

const PERIOD = 60_000
/** Beyond, nobody is there: asking on would keep his session open for whoever comes by. */
const ABSENCE = 15 * PERIOD
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
    let present = Date.now()
    const ask = async () => {
      const { data } = await client.query(UnreadNotificationsDocument, {}, { requestPolicy: 'network-only' })
      if (wanted && data) setUnread(data.unreadNotifications)
    }
    const onTime = () => {
      if (document.visibilityState === 'visible' && Date.now() - present < ABSENCE) void ask()
    }
    const onReturn = () => {
      present = Date.now()
      if (document.visibilityState === 'visible') void ask()
    }
    const onPresence = () => {
      present = Date.now()
    }
    const onRead = (event: Event) => setUnread((event as CustomEvent<number>).detail)
    void ask()
    const timer = setInterval(onTime, PERIOD)
    window.addEventListener('focus', onReturn)
    document.addEventListener('visibilitychange', onReturn)
    document.addEventListener('pointerdown', onPresence)
    document.addEventListener('keydown', onPresence)
    window.addEventListener(CHANGED, onRead)
    return () => {
      wanted = false
      clearInterval(timer)
      window.removeEventListener('focus', onReturn)
      document.removeEventListener('visibilitychange', onReturn)
      document.removeEventListener('pointerdown', onPresence)
      document.removeEventListener('keydown', onPresence)
      window.removeEventListener(CHANGED, onRead)
    }
  }, [client])
  return unread
}
