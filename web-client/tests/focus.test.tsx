import { act, useRef, useState } from 'react'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { describe, expect, it } from 'vitest'
import { Arrival, screenOf } from '../src/shell/Arrival'
import { useFocusAfter } from '../src/ui/useFocusAfter'
import { rendered } from './rendered'

function Vanishing() {
  const heading = useRef<HTMLHeadingElement>(null)
  const leaving = useFocusAfter(heading)
  const [isThere, setThere] = useState(true)
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        Échanges
      </h2>
      {isThere && (
        <p ref={leaving}>
          <button type="button" onClick={() => setThere(false)}>
            Publier
          </button>
        </p>
      )}
      <input />
    </>
  )
}

describe('what had the focus and leaves the page', () => {
  it('hands it to the heading', () => {
    const { find } = rendered(<Vanishing />)
    find('button').focus()
    act(() => find('button').click())
    expect(document.querySelector('button')).toBeNull()
    expect(document.activeElement).toBe(find('h2'))
  })

  it('takes it from nobody else', () => {
    const { find } = rendered(<Vanishing />)
    find('input').focus()
    act(() => find('button').click())
    expect(document.activeElement).toBe(find('input'))
  })
})

describe('another screen', () => {
  it('takes the focus, but not another tab of the dossier', () => {
    const { hook, navigate } = memoryLocation({ path: '/' })
    const { find } = rendered(
      <Router hook={hook}>
        <a href="/dossiers/1">Dossier</a>
        <main id="contenu" tabIndex={-1}>
          <Arrival />
        </main>
      </Router>,
    )
    const arrives = (place: string) => {
      find('a').focus()
      act(() => navigate(place))
      return document.activeElement === find('main')
    }
    expect(arrives('/')).toBe(false)
    expect(arrives('/dossiers/1')).toBe(true)
    expect(arrives('/dossiers/1/A1')).toBe(false)
    expect(arrives('/dossiers/1/echanges')).toBe(true)
    expect(arrives('/dossiers/1/A2')).toBe(true)
    expect(arrives('/dossiers/2/A2')).toBe(true)
  })

  it('is told by its address', () => {
    expect(screenOf('/dossiers/1/A1')).toBe(screenOf('/dossiers/1'))
    expect(screenOf('/campagnes/transmis')).not.toBe(screenOf('/campagnes'))
  })
})
