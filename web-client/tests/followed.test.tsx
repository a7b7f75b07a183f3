import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { afterEach, expect, test, vi } from 'vitest'
import { useFollowed } from '../src/graphql/useFollowed'

const DOCUMENT = {} as TypedDocumentNode<object, AnyVariables>
const HOUR = 3_600_000

function Followed() {
  useFollowed(DOCUMENT, {}, () => true)
  return null
}

afterEach(() => vi.useRealTimers())

test('what is followed is asked for while somebody is there, and again when he comes back', async () => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  vi.useFakeTimers()
  document.body.innerHTML = '<div id="root"></div>'
  const root = createRoot(document.getElementById('root')!)
  let asked = 0
  const query = () => {
    asked += 1
    return Promise.resolve({ data: {} })
  }
  act(() =>
    root.render(
      <Provider value={{ query } as unknown as Client}>
        <Followed />
      </Provider>,
    ),
  )
  document.dispatchEvent(new Event('keydown'))
  await act(() => vi.advanceTimersByTimeAsync(3_000))
  expect(asked).toBe(4)
  await act(() => vi.advanceTimersByTimeAsync(HOUR))
  const before = asked
  await act(() => vi.advanceTimersByTimeAsync(HOUR))
  expect(asked).toBe(before)
  document.dispatchEvent(new Event('pointerdown'))
  await act(() => vi.advanceTimersByTimeAsync(1_000))
  expect(asked).toBe(before + 1)
  act(() => root.unmount())
})
