import { expect, it } from 'vitest'
import { listNamed, nameOf } from '../src/worklist/lists'
import { idsBut, portions } from '../src/worklist/portions'
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
