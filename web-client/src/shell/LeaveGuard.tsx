import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { plural } from '../text/numbers'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { countHeld, holdUnsaved } from './unsaved'

interface Props {
  readonly count: number
  /** The start of the addresses that are still this screen. */
  readonly within?: string
}

/** While `count` things are not saved, asks before a link, or the button Back, leaves the screen. */
export function LeaveGuard({ count, within }: Props) {
  const [location, navigate] = useLocation()
  const [going, setGoing] = useState<string>()
  useEffect(() => (count > 0 ? holdUnsaved(count) : undefined), [count])
  useEffect(() => (count > 0 ? watchLeaving(setGoing, within) : undefined), [count, within, location])
  if (going === undefined || count === 0) return null
  return (
    <Dialog
      title="Quitter sans enregistrer ?"
      size="s"
      onClose={() => setGoing(undefined)}
      footer={
        <>
          <Button onClick={() => setGoing(undefined)} data-autofocus>
            Rester
          </Button>
          <Button look="danger" onClick={() => navigate(going)}>
            Quitter et perdre ces modifications
          </Button>
        </>
      }
    >
      <p>{plural(countHeld(), 'modification n’est pas enregistrée', 'modifications ne sont pas enregistrées')}.</p>
    </Dialog>
  )
}

const watching = new Set<(place: string) => void>()

/** Goes to a place that no link leads to, once the screen that has something to ask has asked it. */
export function goOnceAsked(place: string, go: (place: string) => void): void {
  const [ask] = watching
  if (ask) ask(place)
  else go(place)
}

/** Before the router hears of it: a click on a link of this site, and the history's moves. */
export function watchLeaving(onLeave: (place: string) => void, within?: string): () => void {
  const here = window.location.href
  const isWithin = (path: string) => within !== undefined && (path === within || path.startsWith(`${within}/`))
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const isOther = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || link?.target === '_blank'
    if (!link || isOther || link.origin !== window.location.origin || link.hash || isWithin(link.pathname)) return
    if (link.hasAttribute('download')) return
    event.preventDefault()
    // One screen may hold several guards: the first asks for all.
    event.stopImmediatePropagation()
    onLeave(link.pathname + link.search)
  }
  const onMove = (event: PopStateEvent) => {
    const { pathname, search } = window.location
    if (isWithin(pathname)) return
    event.stopImmediatePropagation()
    window.history.pushState(null, '', here)
    onLeave(pathname + search)
  }
  watching.add(onLeave)
  document.addEventListener('click', onClick, true)
  window.addEventListener('popstate', onMove, true)
  return () => {
    watching.delete(onLeave)
    document.removeEventListener('click', onClick, true)
    window.removeEventListener('popstate', onMove, true)
  }
}
