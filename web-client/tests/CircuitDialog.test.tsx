import { Client, fetchExchange } from '@urql/core'
import { type Root, createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CircuitDialog } from '../src/circuit/CircuitDialog'
import { DossierCells } from '../src/cells/dossierCells'
import type { DialogProps } from '../src/dossier/DossierDialogs'

const VISA = {
  code: 'SIGNATURE',
  label: 'Signature',
  nature: 'SIGNATURE',
  rank: 1,
  quorum: 1,
  state: 'OPEN',
  answers: ['APPROVED'],
  canAnswer: true,
  standsFor: [],
  acts: [],
}

let root: Root
/** What the server keeps, and what it says to each answer. */
let version: number
let refusals: string[]
let given: { version: number }[]

const answer = (data: object) => Response.json(data)

async function serve(_: unknown, init?: RequestInit) {
  const { operationName, variables } = JSON.parse(String(init?.body)) as {
    operationName: string
    variables: { version: number }
  }
  if (operationName === 'Delegations') return answer({ data: { delegations: [] } })
  if (operationName === 'Circuit') {
    const circuit = { code: 'C', label: 'Circuit', openedOn: '2026-01-01', outcome: null, suspended: false }
    return answer({ data: { dossier: { id: 'd', version, visaActs: [], circuit: { ...circuit, visas: [VISA] } } } })
  }
  given.push(variables)
  return answer({ errors: [{ message: 'Refusé.', extensions: { code: refusals.shift() } }] })
}

const client = new Client({
  url: 'http://h/graphql',
  fetch: serve as typeof fetch,
  preferGetMethod: false,
  exchanges: [fetchExchange],
})
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)
const sign = async (times: number) => {
  document.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  await vi.waitFor(() => {
    expect(given.length).toBe(times)
    expect(document.querySelector('[aria-busy]')).toBeNull()
  })
}

beforeEach(() => {
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
  given = []
})

afterEach(() => root.unmount())

test('what is signed is the dossier on screen, on a second try too; then it is to be looked at first', async () => {
  const cells = new DossierCells(() => Promise.reject(new Error('nothing is typed')))
  const onRewritten = vi.fn<() => void>()
  const of = { dossier: { id: 'd' }, cells, onRewritten, onClose: () => undefined } as unknown as DialogProps
  refusals = ['WRONG_PASSWORD', 'VISA_STALE']
  cells.saw(5)
  version = 6
  root.render(
    <Provider value={client}>
      <CircuitDialog {...of} />
    </Provider>,
  )
  await vi.waitFor(() => button('Signer')!.click())
  await vi.waitFor(() => document.querySelector<HTMLInputElement>('input[type=radio]')!.click())
  await sign(1)
  expect(onRewritten).not.toHaveBeenCalled()
  version = 7
  await sign(2)
  expect(given.map((one) => one.version)).toEqual([5, 5])
  await vi.waitFor(() => expect(document.querySelector('form')).toBeNull())
  expect(onRewritten).toHaveBeenCalledOnce()
  expect(document.body.textContent).toContain('Votre réponse n’est pas prise.')
})
