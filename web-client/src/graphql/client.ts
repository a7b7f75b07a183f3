import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core'
import { codeOf } from './problem'
import { nameDocument, trustedFetch } from './trusted'

/** A client of this origin's `/graphql`; `onSignedOut` is called when the session is over. */
export function createClient(onSignedOut: () => void): Client {
  return new Client({
    url: '/graphql',
    // A page of development is not served by the server that knows the documents.
    fetch: import.meta.env.PROD ? trustedFetch((url, init) => fetch(url, init)) : (url, init) => fetch(url, init),
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: {
      credentials: 'same-origin',
      // urql's own list names text/event-stream: a plain query would come back as a stream and hang.
      headers: { accept: 'application/graphql-response+json, application/json' },
    },
    exchanges: [
      cacheExchange,
      mapExchange({
        onOperation: nameDocument,
        onResult(result) {
          const isSession = ['Viewer', 'Login'].includes(operationName(result.operation.query))
          if (!isSession && codeOf(result.error) === 'UNAUTHENTICATED') onSignedOut()
        },
      }),
      fetchExchange,
    ],
  })
}

function operationName(query: { readonly definitions: readonly object[] }): string {
  const nodes = query.definitions as readonly { readonly kind: string; readonly name?: { readonly value: string } }[]
  return nodes.find((node) => node.kind === 'OperationDefinition')?.name?.value ?? ''
}
