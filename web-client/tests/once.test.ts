import { CombinedError } from '@urql/core'
import { expect, test } from 'vitest'
import { AssignDocument, SendGroupMailDocument } from '../src/gen/graphql'
import { type Once, onceBy } from '../src/graphql/once'

type Answer = { data?: unknown; error?: CombinedError }

const UNREACHABLE: Answer = { error: new CombinedError({ networkError: new Error('offline') }) }
const REFUSED: Answer = {
  error: new CombinedError({ graphQLErrors: [{ message: 'Non.', extensions: { code: 'REFUSED', details: {} } }] }),
}
const DONE: Answer = { data: { sendGroupMail: 1 } }

/** A server that answers so, in turn; the keys that it was sent. */
function server(...answers: Answer[]): { once: Once; keys: string[] } {
  const keys: string[] = []
  const mutation = async (_document: unknown, { key }: { key: string }) => {
    keys.push(key)
    return answers.shift()
  }
  return { once: onceBy({ mutation } as unknown as Parameters<typeof onceBy>[0]), keys }
}

const mail = (text: string) => ({ dossiers: ['d'], subject: 'Rappel', text })

test('what was sent to a server out of reach keeps its key until it is known to be done', async () => {
  const { once, keys } = server(UNREACHABLE, REFUSED, DONE, DONE)
  const lost = await once(SendGroupMailDocument, mail('Bonjour.'))
  expect([lost.problem?.code, lost.data]).toEqual(['UNREACHABLE', undefined])
  const refused = await once(SendGroupMailDocument, mail('Bonjour.'))
  expect(refused.problem).toEqual({ code: 'REFUSED', message: 'Non.', details: {}, path: undefined })
  const done = await once(SendGroupMailDocument, mail('Bonjour.'))
  expect(done).toEqual({ data: { sendGroupMail: 1 } })
  await once(SendGroupMailDocument, mail('Bonjour.'))
  expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 0, 3])
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/u)
})

test('another text or another act takes another key, and the first is found again', async () => {
  const { once, keys } = server(UNREACHABLE, UNREACHABLE, UNREACHABLE, DONE)
  await once(SendGroupMailDocument, mail('Bonjour.'))
  await once(SendGroupMailDocument, mail('Bonsoir.'))
  await once(AssignDocument, { dossiers: ['d'], role: 'ACCOUNT_MANAGER', user: null })
  await once(SendGroupMailDocument, mail('Bonjour.'))
  expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 1, 2, 0])
})
