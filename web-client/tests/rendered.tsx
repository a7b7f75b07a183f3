import { type ReactNode, act } from 'react'
import { type Root, createRoot } from 'react-dom/client'
import { afterEach } from 'vitest'

let root: Root | undefined

/** Renders on an empty page, until the end of the test. */
export function rendered(children: ReactNode) {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  document.body.innerHTML = '<div id="root"></div>'
  const made = createRoot(document.getElementById('root')!)
  root = made
  const show = (next: ReactNode) => act(() => made.render(next))
  show(children)
  return { show, find: (selector: string) => document.querySelector<HTMLElement>(selector)! }
}

afterEach(() => {
  act(() => root?.unmount())
  root = undefined
})
