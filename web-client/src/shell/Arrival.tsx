import { useLayoutEffect, useRef } from 'react'
import { useLocation } from 'wouter'

/** Of a dossier's addresses, those of its other pages, which are no tab of it. */
const PAGES = new Set(['echanges', 'pieces', 'copies', 'ecarts'])

/** The screen of an address: the tabs of one dossier are one screen, and its grid keeps the focus. */
export function screenOf(path: string): string {
  const [, dossiers, id, tab] = path.split('/')
  return dossiers === 'dossiers' && id && !PAGES.has(tab ?? '') ? `/dossiers/${id}` : path
}

/**
 * Gives the focus to the content when another screen comes: what had it is gone, or is the way there. Stands
 * before the screen, which may then take the focus further.
 */
export function Arrival() {
  const [location] = useLocation()
  const screen = screenOf(location)
  const known = useRef(screen)
  useLayoutEffect(() => {
    if (known.current === screen) return
    known.current = screen
    document.getElementById('contenu')?.focus({ preventScroll: true })
  }, [screen])
  return null
}
