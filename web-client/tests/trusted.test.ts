import { createRequest, makeOperation } from '@urql/core'
import { expect, test } from 'vitest'
import { LoginDocument, type LoginMutationVariables } from '../src/gen/graphql'
import documents from '../src/gen/persisted-documents.json'
import { nameDocument, trustedFetch } from '../src/graphql/trusted'
import { placeToGo } from '../src/session/place'

const hash = 'a'.repeat(64)
const request = {
  method: 'POST',
  body: JSON.stringify({ query: 'query Q { q }', extensions: { persistedQuery: { sha256Hash: hash, miss: true } } }),
}

function server(...statuses: number[]) {
  const bodies: { query?: string; extensions?: object }[] = []
  const send = trustedFetch((_url, init) => {
    bodies.push(JSON.parse(init?.body as string) as { query?: string })
    const status = statuses[bodies.length - 1] ?? 200
    const body = status === 404 ? { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] } : { data: {} }
    return Promise.resolve(new Response(JSON.stringify(body), { status }))
  })
  return { send, bodies }
}

test('a document that the server knows is named, not sent', async () => {
  const { send, bodies } = server(200)
  await send('/graphql', request)
  expect(bodies).toEqual([{ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }])
})

test('a server renewed meanwhile gets the text, and from then on at once', async () => {
  const { send, bodies } = server(404, 200, 200)
  expect((await send('/graphql', request)).status).toBe(200)
  await send('/graphql', request)
  expect(bodies.map((body) => body.query)).toEqual([undefined, 'query Q { q }', 'query Q { q }'])
})

test('any other failure is the answer', async () => {
  const { send, bodies } = server(500)
  expect((await send('/graphql', request)).status).toBe(500)
  expect(bodies).toHaveLength(1)
})

test('an operation is named by the hash under which the build lists its text', () => {
  const variables: LoginMutationVariables = { login: 'a', password: 'b' }
  const operation = makeOperation('mutation', createRequest(LoginDocument, variables), {
    url: '/graphql',
    requestPolicy: 'network-only',
  } as never)
  const named = nameDocument(operation).extensions?.persistedQuery as { sha256Hash: string }
  const text = (documents as Record<string, string>)[named.sha256Hash]
  // The only thing read from someone unknown: it begins with the sign-in and holds nothing else.
  expect(text).toMatch(/^mutation Login\(.*\) \{ login\(/)
})

test('after signing in, one lands on a page of this site only, or on the search that one wants first', () => {
  const home = { form: 'ER', year: 2024 }
  expect(placeToGo('/dossiers/1/A1#A1.L011.B', home)).toBe('/dossiers/1/A1#A1.L011.B')
  for (const asked of [null, '', 'https://ailleurs.example', '//ailleurs.example', '/\\ailleurs.example']) {
    expect(placeToGo(asked, home)).toBe('/?formulaire=ER&annee=2024')
  }
  expect(placeToGo(null, { form: null, year: null })).toBe('/')
})
