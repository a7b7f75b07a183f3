import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core'
import { act } from 'react'
import { type Root, createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useGrowingList } from '../src/graphql/useGrowingList'

interface Page {
  readonly edges: readonly { readonly node: string }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const LIST = {} as TypedDocumentNode<Page, AnyVariables>

let root: Root
let sent: { readonly variables: object; readonly answer: (page: Page) => Promise<void> }[] = []

const client = {
  query: (_: unknown, variables: object) =>
    new Promise((resolve) => {
      sent.push({ variables, answer: (data) => act(async () => resolve({ data })) })
    }),
} as unknown as Client

const pageOf = (nodes: string, endCursor: string | null = null): Page => ({
  edges: [...nodes].map((node) => ({ node })),
  pageInfo: { hasNextPage: endCursor !== null, endCursor },
})

function List({ of }: { of: string }) {
  const { nodes, total, more, again, renew } = useGrowingList(LIST, { of }, (data) => data, 2)
  return (
    <>
      <p>{nodes ? `${nodes.join('')} ${total}` : '…'}</p>
      {more && (
        <button type="button" id="more" onClick={more}>
          more
        </button>
      )}
      <button type="button" id="again" onClick={again}>
        again
      </button>
      <button type="button" id="renew" onClick={renew}>
        renew
      </button>
    </>
  )
}

const show = (of: string) =>
  act(() =>
    root.render(
      <Provider value={client}>
        <List of={of} />
      </Provider>,
    ),
  )
const shown = () => document.querySelector('p')?.textContent
const press = (id: string) => act(() => document.getElementById(id)!.click())

beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  sent = []
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
})

afterEach(() => act(() => root.unmount()))

test('a list grows by its cursors, and is read anew from its beginning', async () => {
  show('a')
  expect(shown()).toBe('…')
  await sent[0]!.answer(pageOf('ab', 'b'))
  press('more')
  expect(sent[1]!.variables).toMatchObject({ of: 'a', first: 2, after: 'b' })
  await sent[1]!.answer(pageOf('c'))
  expect(shown()).toBe('abc 3')
  expect(document.getElementById('more')).toBeNull()
  press('again')
  await sent[2]!.answer(pageOf('z'))
  expect(shown()).toBe('z 1')
})

test('the pages that are shown stay so when they are read again', async () => {
  show('a')
  await sent[0]!.answer(pageOf('ab', 'b'))
  press('more')
  await sent[1]!.answer(pageOf('cd', 'd'))
  press('renew')
  await sent[2]!.answer(pageOf('ax', 'x'))
  expect(shown()).toBe('abcd 4')
  expect(sent[3]!.variables).toMatchObject({ after: 'x' })
  await sent[3]!.answer(pageOf('bc', 'c'))
  expect(shown()).toBe('axbc 4')
  expect(sent).toHaveLength(4)
})

test('what answers a question that is no longer asked is left out', async () => {
  show('a')
  await sent[0]!.answer(pageOf('ab', 'b'))
  press('more')
  show('x')
  await sent[2]!.answer(pageOf('xy'))
  await sent[1]!.answer(pageOf('c'))
  expect(shown()).toBe('xy 2')
})
