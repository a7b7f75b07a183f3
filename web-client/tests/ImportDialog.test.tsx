import type { Client } from '@urql/core'
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { expect, test } from 'vitest'
import { DossierCells } from '../src/cells/dossierCells'
import type { DialogProps } from '../src/dossier/DossierDialogs'
import { ImportDialog } from '../src/dossier/dialogs/ImportDialog'

const LISTS = { changedValues: [], refusedValues: [], ignoredValues: [], unchangedValues: [] }
const REPORT = { read: 1, unchanged: 0, ignored: 0, refused: 0, removed: 0, applied: false, dryRun: true, lines: [] }

const choose = (content: string) =>
  act(async () => {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!
    Object.defineProperty(input, 'files', { value: [new File([content], 'er.xml')], configurable: true })
    input.dispatchEvent(new Event('change', { bubbles: true }))
    await new File([content], '').arrayBuffer()
  })
const load = () => document.querySelector<HTMLButtonElement>('.dialog-footer .button-primary')!

test('the report of a file that is no longer the one chosen is left out', async () => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  document.body.innerHTML = '<div id="root"></div>'
  const root = createRoot(document.getElementById('root')!)
  const sent: { file: string; answer: (changed: number) => Promise<void> }[] = []
  const mutation = (_: unknown, { file }: { file: string }) =>
    new Promise((resolve) => {
      const answer = (changed: number) =>
        act(async () => resolve({ data: { importXml: { ...REPORT, ...LISTS, changed } } }))
      sent.push({ file, answer })
    })
  const cells = new DossierCells(() => Promise.reject(new Error('nothing is typed')))
  const of = { dossier: { id: 'd', parts: [], groups: [] }, cells, tab: 'A1' } as unknown as DialogProps
  act(() =>
    root.render(
      <Provider value={{ mutation } as unknown as Client}>
        <ImportDialog {...of} onRewritten={() => undefined} onClose={() => undefined} />
      </Provider>,
    ),
  )
  await choose('<a/>')
  await choose('<b/>')
  expect(sent.map(({ file }) => file)).toEqual(['<a/>', '<b/>'])
  await sent[0]!.answer(12)
  expect([load().disabled, load().textContent]).toEqual([true, 'Charger'])
  await sent[1]!.answer(3)
  expect([load().disabled, load().textContent]).toEqual([false, 'Charger 3\u00a0valeurs'])
  act(() => root.unmount())
})
