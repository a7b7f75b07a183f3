import { type Root, createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepDrafts, keptDrafts } from '../src/cells/keeping'
import { SessionProvider, useSession } from '../src/session/session'

let root: Root
let other: BroadcastChannel
let heard: unknown[]
/** Whose the session is, for the server; it may not answer. */
let there: string | null
let answers: boolean
let reads: number

function serve(_: unknown, init?: RequestInit): Promise<Response> {
  if (!answers) return Promise.reject(new TypeError('offline'))
  const { operationName } = JSON.parse(String(init?.body)) as { operationName: string }
  if (operationName === 'Logout') there = null
  else reads += 1
  if (there !== null) return Promise.resolve(Response.json({ data: { viewer: { login: there, name: there } } }))
  const extensions = { code: 'UNAUTHENTICATED' }
  const body = operationName === 'Logout' ? { data: { logout: true } } : { errors: [{ message: '', extensions }] }
  return Promise.resolve(Response.json(body))
}

function Screen() {
  const { viewer, signOut } = useSession()
  const leave = async () => {
    heard.push((await signOut())?.code)
  }
  return (
    <button type="button" onClick={() => void leave()}>
      {viewer === undefined ? '…' : (viewer?.login ?? 'nobody')}
    </button>
  )
}

const shown = (name: string) => vi.waitFor(() => expect(document.querySelector('button')?.textContent).toBe(name))
const press = () => document.querySelector('button')!.click()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin to name
const sayElsewhere = (arrival: string | null) => other.postMessage(arrival)
const draft = { id: 'A1.L011.B', draft: { text: '1', value: '1', was: null } }

beforeEach(async () => {
  vi.stubGlobal('fetch', serve)
  heard = []
  there = 'alice'
  answers = true
  reads = 0
  other = new BroadcastChannel('harmonia.session')
  other.addEventListener('message', ({ data }) => heard.push(data))
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
  root.render(
    <SessionProvider>
      <Screen />
    </SessionProvider>,
  )
  await shown('alice')
  keepDrafts('d', [draft])
})

afterEach(() => {
  other.close()
  root.unmount()
  vi.unstubAllGlobals()
})

test('a sign-out that fails leaves the session, and what was typed, as they are', async () => {
  answers = false
  press()
  await vi.waitFor(() => expect(heard).toEqual(['UNREACHABLE']))
  await shown('alice')
  expect(keptDrafts('d')).toEqual([draft])
  answers = true
  press()
  await shown('nobody')
  await vi.waitFor(() => expect(heard).toEqual(expect.arrayContaining([null, undefined])))
  expect(keptDrafts('d')).toEqual([])
})

test('who signs in, or out, in another window is heard in this one', async () => {
  sayElsewhere('alice')
  await vi.waitFor(() => expect(reads).toBe(2))
  expect(keptDrafts('d')).toEqual([draft])
  there = 'bob'
  sayElsewhere('bob')
  await shown('bob')
  expect(keptDrafts('d')).toEqual([])
  sayElsewhere(null)
  await shown('nobody')
})
