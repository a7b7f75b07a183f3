import type { Operation } from '@urql/core'
import { makeOperation } from '@urql/core'

interface Body {
  readonly query?: string
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } }
}

/** Names the operation's trusted document; `miss` makes urql write its text too, for `fetchTrusted`. */
export function nameDocument(operation: Operation): Operation {
  const { __meta__: meta } = operation.query as { __meta__?: { hash?: string } }
  if (!meta?.hash) return operation
  const persistedQuery = { version: 1 as const, sha256Hash: meta.hash, miss: true }
  return makeOperation(operation.kind, { ...operation, extensions: { persistedQuery } })
}

/**
 * Sends the hash instead of the text. A server that was renewed while the page stayed open may no
 * longer know it: the text is then sent, for what the user typed must still reach the server.
 */
export function trustedFetch(send: typeof fetch): typeof fetch {
  let known = true
  return async (url, init) => {
    const body = JSON.parse(init?.body as string) as Body
    const hash = body.extensions?.persistedQuery?.sha256Hash
    if (!known || !hash) return send(url, withBody(init, { ...body, extensions: undefined }))
    const extensions = { persistedQuery: { version: 1, sha256Hash: hash } }
    const response = await send(url, withBody(init, { ...body, query: undefined, extensions }))
    if (response.ok || !(await isUnknown(response.clone()))) return response
    known = false
    return send(url, withBody(init, { ...body, extensions: undefined }))
  }
}

function withBody(init: RequestInit | undefined, body: object): RequestInit {
  return { ...init, body: JSON.stringify(body) }
}

async function isUnknown(response: Response): Promise<boolean> {
  return (await response.text()).includes('"PERSISTED_QUERY_NOT_FOUND"')
}
