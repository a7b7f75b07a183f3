import { expect, it } from 'vitest'
import { listNamed, nameOf } from '../src/worklist/lists'
import { idsBut, portions } from '../src/worklist/portions'
import { readCsv } from '../src/worklist/readCsv'
import { answering } from './answering'

const list = (id: string, more = {}) => ({
  __typename: 'WorkList' as const,
  id,
  name: id,
  shared: false,
  mine: true,
  managed: true,
  isDefault: false,
  owner: 'Anne Roux',
  sort: 'CODE' as const,
  descending: false,
  count: 0,
  ...more,
})

it('the list that each has is named for him, a shared one by who made it', () => {
  expect(nameOf(list('', { isDefault: true }))).toBe('Ma liste de travail')
  expect(nameOf(list('Relances'))).toBe('Relances')
  expect(nameOf(list('Relances', { mine: false }))).toBe('Relances (Anne Roux)')
})

it('a list that is gone, or of another, shows the usual one', () => {
  const usual = list('usual', { name: '', isDefault: true })
  const lists = [usual, list('a'), list('b', { mine: false })]
  expect(listNamed(lists, 'b')?.id).toBe('b')
  expect(listNamed(lists, 'gone')).toBe(usual)
  expect(listNamed(lists, null)).toBe(usual)
  expect(listNamed([], null)).toBeUndefined()
})

it('a file of a million lines stays here, and what is read leaves as it is, in whatever encoding', async () => {
  const million = new File(['552100554\n'.repeat(1_000_000)], 'liste.csv')
  expect(await readCsv(million)).toMatchObject({
    code: 'FILE_TOO_LARGE',
    message: 'Ce fichier dépasse 8\u00a0Mo\u00a0: vérifiez que c’est bien une liste de dossiers.',
  })
  const latin = new File([new Uint8Array([0xe9, 0x3b, 0x00])], 'liste.csv')
  expect(await readCsv(latin)).toEqual({ content: '6TsA' })
})

it('what leaves is sent in portions, each once and in order', () => {
  expect(portions([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(portions([], 2)).toEqual([])
  expect(portions(Array.from({ length: 4001 })).map(({ length }) => length)).toEqual([2000, 2000, 1])
})

const page = (ids: string, endCursor: string | null) => ({
  dossiers: {
    edges: [...ids].map((id) => ({ node: { id } })),
    pageInfo: { hasNextPage: endCursor !== null, endCursor },
  },
})

it('all but some are read to the last page, and those left out stay', async () => {
  const { client, asked } = answering()
  const found = idsBut(client, 'l', new Set('bd'))
  await (await asked('WorkListIds')).answer(page('abc', 'c'))
  const second = await asked('WorkListIds')
  expect(second.variables).toMatchObject({ after: 'c', criteria: { workList: 'l' } })
  await second.answer(page('de', null))
  expect(await found).toEqual({ ids: ['a', 'c', 'e'] })
})
