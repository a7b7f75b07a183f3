import type { Client } from '@urql/core'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { afterEach, expect, test, vi } from 'vitest'
import { useUploads } from '../src/attachments/useUploads'
import { countHeld } from '../src/shell/unsaved'

/** Sends for ever, until it is told to stop. */
class Endless extends EventTarget {
  static stopped = 0
  readonly upload = new EventTarget()
  open() {}
  setRequestHeader() {}
  send() {}
  abort() {
    Endless.stopped += 1
    this.dispatchEvent(new Event('abort'))
  }
}

type Add = ReturnType<typeof useUploads>['add']

function Zone({ onPress }: { onPress: (add: Add) => void }) {
  const { add } = useUploads({ dossier: 'd', limit: 100, renew: () => undefined })
  return (
    <button type="button" onClick={() => onPress(add)}>
      add
    </button>
  )
}

afterEach(() => vi.unstubAllGlobals())

test('files that are being sent hold the window, and stop when their page is left', async () => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  vi.stubGlobal('XMLHttpRequest', Endless)
  document.body.innerHTML = '<div id="root"></div>'
  const root = createRoot(document.getElementById('root')!)
  const announced: string[] = []
  const mutation = (_: unknown, { fileName }: { fileName: string }) => {
    announced.push(fileName)
    const attachment = { id: fileName, name: fileName }
    return Promise.resolve({ data: { addAttachment: { attachment, renamed: null, uploadUrl: '/x' } } })
  }
  let adding = Promise.resolve()
  const onPress = (add: Add) => {
    adding = add([new File(['a'], 'a.pdf'), new File(['b'], 'b.pdf')], '')
  }
  act(() =>
    root.render(
      <Provider value={{ mutation } as unknown as Client}>
        <Zone onPress={onPress} />
      </Provider>,
    ),
  )
  await act(async () => {
    document.querySelector('button')!.click()
    await vi.waitFor(() => expect(announced).toEqual(['a.pdf']))
  })
  expect(countHeld()).toBe(1)
  act(() => root.unmount())
  await adding
  expect(countHeld()).toBe(0)
  expect(Endless.stopped).toBe(1)
  expect(announced).toEqual(['a.pdf'])
})
