import type { Client } from '@urql/core'
import { act } from 'react'
import { type Root, createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FileLink } from '../src/ui/FileLink'

const OVER = 'Votre session est terminée.'
let root: Root

const query = () => {
  const extensions = { code: 'UNAUTHENTICATED' }
  return Promise.resolve({ error: { graphQLErrors: [{ message: OVER, extensions }] } })
}

beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
})

afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

test.each([1_000, 1_000_000_000])('a file of %d bytes that is refused says why', async (size) => {
  const body = { message: OVER, extensions: { code: 'UNAUTHENTICATED' } }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status: 401 })))
  act(() =>
    root.render(
      <Provider value={{ query } as unknown as Client}>
        <FileLink href="/exports/1" size={size}>
          er.zip
        </FileLink>
      </Provider>,
    ),
  )
  const click = new MouseEvent('click', { bubbles: true, cancelable: true })
  await act(async () => document.querySelector('a')!.dispatchEvent(click))
  expect(click.defaultPrevented).toBe(true)
  await act(() => vi.waitFor(() => expect(document.querySelector('[role=alert]')?.textContent).toContain(OVER)))
})
