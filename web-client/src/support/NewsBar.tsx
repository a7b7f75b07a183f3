import { useCallback, useEffect, useState } from 'react'
import { useClient, useQuery } from 'urql'
import { useLocation } from 'wouter'
import {
  type AnnouncementFieldsFragment,
  FrameDocument,
  NoteScreenDocument,
  SwitchSupervisionDocument,
} from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { AnnouncementDialog } from './AnnouncementDialog'
import { keepScreen } from './lastScreen'
import './news.css'

// What was nothing may be something once one of these was written.
const ABOUT = { additionalTypenames: ['Announcement', 'Trail'] }
const FRESH_MS = 5 * 60_000

/** Under the banner: what the platforms tell today, and that one's screens are shown to a hotline. */
export function NewsBar() {
  const [{ data }, execute] = useQuery({ query: FrameDocument, requestPolicy: 'cache-and-network', context: ABOUT })
  const [open, setOpen] = useState<AnnouncementFieldsFragment>()
  const trail = data?.supervision
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  useRefresh(refresh)
  useTrail(trail?.id)
  useLastScreen()
  const told = data?.announcements ?? []
  if (told.length === 0 && !trail) return null
  return (
    <section className="news-bar" aria-label="Messages des plateformes">
      {told.map((one) => (
        <button key={one.id} type="button" className="news-link" onClick={() => setOpen(one)}>
          <Icon name="info" size={16} />
          {one.title}
          <span className="visually-hidden"> – message de {one.platformName}</span>
        </button>
      ))}
      {trail && <Shown platform={trail.platformName} onStop={refresh} />}
      {open && <AnnouncementDialog announcement={open} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

/** That screens are shown is never out of sight of whoever shows them. */
function Shown({ platform, onStop }: { platform: string; onStop: () => void }) {
  const client = useClient()
  const { busy, act } = useAct()
  const stop = async () => {
    const done = await act(() => client.mutation(SwitchSupervisionDocument, { platform: null }).toPromise())
    if (done) onStop()
  }
  return (
    <span className="news-supervision">
      <Icon name="eye" size={16} />
      Mode supervision&nbsp;: l’assistance «&nbsp;{platform}&nbsp;» voit les écrans que vous ouvrez.
      <Button look="quiet" busy={busy} onClick={() => void stop()}>
        Cesser
      </Button>
    </span>
  )
}

/** Asked again on coming back to the window, at most every five minutes. */
function useRefresh(refresh: () => void) {
  useEffect(() => {
    let last = Date.now()
    const onFocus = () => {
      if (Date.now() - last < FRESH_MS) return
      last = Date.now()
      refresh()
    }
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [refresh])
}

/** The screen is kept as it is left: by then it has named itself. */
function useLastScreen() {
  const [location] = useLocation()
  useEffect(() => () => keepScreen({ path: location, title: document.title }), [location])
}

/** Tells each screen as it is opened, while a trail is being laid; the page names itself meanwhile. */
function useTrail(trail: string | undefined) {
  const [location] = useLocation()
  const client = useClient()
  useEffect(() => {
    if (!trail) return undefined
    const timer = setTimeout(() => {
      void client.mutation(NoteScreenDocument, { path: location, title: document.title }).toPromise()
    }, 300)
    return () => clearTimeout(timer)
  }, [client, location, trail])
}
