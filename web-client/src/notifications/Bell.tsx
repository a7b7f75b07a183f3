import { Suspense, lazy, useEffect, useRef, useState } from 'react'
import { useDisclosure } from '../shell/useDisclosure'
import { plural } from '../text/numbers'
import { IconButton } from '../ui/Button'
import { useUnread } from './useUnread'
import './notifications.css'

const Panel = lazy(() => import('./NotificationPanel').then((module) => ({ default: module.NotificationPanel })))

/** How long a screen reader is given to notice that a sentence is gone. */
const EMPTY = 100

/** The bell of the banner: how many notifications are unread, and the latest of them. */
export function Bell() {
  const unread = useUnread()
  const { box, button, isOpen, toggle } = useDisclosure()
  const label = unread ? plural(unread, 'notification non lue', 'notifications non lues') : 'Notifications'
  return (
    <div ref={box} className="bell">
      <span ref={button}>
        <IconButton icon="bell" label={label} aria-expanded={isOpen} aria-controls="notifications" onClick={toggle} />
        {unread > 0 && (
          <span className="bell-count" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </span>
      <Announcement unread={unread} />
      {isOpen && (
        <Suspense fallback={null}>
          <Panel close={toggle} />
        </Suspense>
      )}
    </div>
  )
}

/** Says that more have come, and nothing when some were read or none has come. */
function Announcement({ unread }: { unread: number }) {
  const known = useRef<number>(undefined)
  const [said, setSaid] = useState('')
  useEffect(() => {
    const before = known.current
    known.current = unread
    if (before === undefined || unread <= before) return undefined
    // The same sentence again is no change, and would not be heard.
    setSaid('')
    const news = plural(unread - before, 'nouvelle notification', 'nouvelles notifications')
    const timer = setTimeout(() => setSaid(news), EMPTY)
    return () => clearTimeout(timer)
  }, [unread])
  return <output className="visually-hidden">{said}</output>
}
