import { Client, cacheExchange, fetchExchange } from '@urql/core'
import { act } from 'react'
import { vi } from 'vitest'

interface Body {
  readonly operationName: string
  readonly variables: Readonly<Record<string, unknown>>
}

interface Sent extends Body {
  readonly answer: (data: object) => Promise<void>
}

/** A client whose questions wait for the test to answer them; `asked` is the first of a name that waits. */
export function answering() {
  let waiting: readonly Sent[] = []
  const client = new Client({
    url: 'http://localhost/graphql',
    exchanges: [cacheExchange, fetchExchange],
    preferGetMethod: false,
    fetch: (_, init) =>
      new Promise((resolve) => {
        const sent: Sent = {
          ...(JSON.parse(String(init?.body)) as Body),
          answer: async (data) => {
            waiting = waiting.filter((one) => one !== sent)
            await act(async () => {
              resolve(Response.json({ data }))
              await new Promise((done) => setTimeout(done))
            })
          },
        }
        waiting = [...waiting, sent]
      }),
  })
  const asked = async (name: string): Promise<Sent> => {
    let found: Sent | undefined
    await act(() => vi.waitFor(() => expectFound((found = waiting.find((one) => one.operationName === name)), name)))
    return found!
  }
  return { client, asked }
}

function expectFound(sent: Sent | undefined, name: string): void {
  if (!sent) throw new Error(`${name} was not asked`)
}
