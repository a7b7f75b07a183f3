import type { Client } from '@urql/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DossierCells, type SendWrites, type WriteAnswer } from '../src/cells/dossierCells'
import { shownValue, type Write } from '../src/cells/model'
import { cellsOf, countUnsaved, forgetCells } from '../src/cells/registry'
import { UNREACHABLE } from '../src/graphql/problem'
import { content } from './samples'

const PAUSE = 500
const nothing: WriteAnswer = { version: 1, changed: {}, conflicts: [], refused: [] }

function setUp(...answers: Awaited<ReturnType<SendWrites>>[]) {
  const sent: (readonly Write[])[] = []
  const cells = new DossierCells((writes) => {
    sent.push(writes)
    return Promise.resolve(answers[sent.length - 1] ?? { answer: nothing })
  })
  const store = cells.tab('A1')
  store.load(content)
  return { cells, store, sent }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('what is typed', () => {
  it('is sent once after a pause, as one batch, with the value that was seen', async () => {
    const { store, sent } = setUp({ answer: { ...nothing, changed: { 'A1.L011.N': '12', 'A1.L011.B': '12' } } })
    store.type([{ id: 'A1.L011.B', value: '11' }])
    store.type([{ id: 'A1.L011.B', value: '12' }])
    store.type([{ id: 'A1.L011.D', value: '3' }])
    expect(store.data('A1.L011.B').status).toBe('waiting')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(sent).toEqual([
      [
        { cell: 'A1.L011.B', value: '12', was: '10', reason: undefined, origin: 'TYPED' },
        { cell: 'A1.L011.D', value: '3', was: null, reason: undefined, origin: 'TYPED' },
      ],
    ])
    expect(store.data('A1.L011.B')).toMatchObject({ value: '12', status: 'saved' })
    expect(store.data('A1.L011.B').draft).toBeUndefined()
    expect(store.data('A1.L011.N').value).toBe('12')
  })

  it('moves the version on screen on, save over what someone else wrote meanwhile', async () => {
    const { cells, store } = setUp(...[6, 8].map((version) => ({ answer: { ...nothing, version } })))
    for (const version of [5, 6]) cells.saw(version)
    expect(cells.shown).toBe(5)
    for (const value of ['11', '12']) {
      store.type([{ id: 'A1.L011.B', value }])
      await vi.advanceTimersByTimeAsync(PAUSE)
      expect(cells.shown).toBe(6)
    }
    cells.reopen()
    cells.saw(8)
    expect(cells.shown).toBe(8)
  })

  it('redraws only the cells concerned', () => {
    const { store } = setUp()
    const heard: string[] = []
    store.subscribe('A1.L011.B', () => heard.push('B'))
    store.subscribe('A1.L011.D', () => heard.push('D'))
    const before = store.view('A1.L011.D')
    store.type([{ id: 'A1.L011.B', value: '11' }])
    expect(new Set(heard)).toEqual(new Set(['B']))
    expect(store.view('A1.L011.D')).toBe(before)
  })

  it('typed over while it is being sent, is sent again against what was kept', async () => {
    const { store, sent } = setUp()
    store.type([{ id: 'A1.L011.B', value: '11' }])
    vi.advanceTimersByTime(PAUSE)
    expect(store.data('A1.L011.B').status).toBe('saving')
    store.type([{ id: 'A1.L011.B', value: '12' }])
    await vi.advanceTimersByTimeAsync(2 * PAUSE)
    expect(sent[1]).toMatchObject([{ cell: 'A1.L011.B', value: '12', was: '11' }])
    expect(store.data('A1.L011.B')).toMatchObject({ value: '12', status: 'saved' })
  })

  it('put back as it was before the pause, is not sent', async () => {
    const { store, sent, cells } = setUp()
    store.type([{ id: 'A1.L011.B', value: '11' }])
    store.type([{ id: 'A1.L011.B', value: '10' }])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(sent).toEqual([])
    expect(cells.summary().unsaved).toBe(0)
  })

  it('that cannot be read stays, refused and counted, and is never sent', async () => {
    const { store, sent, cells } = setUp()
    store.typeUnreadable('A1.L011.B', 'abc', 'pas un nombre')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(sent).toEqual([])
    expect(store.data('A1.L011.B')).toMatchObject({
      status: 'refused',
      draft: { text: 'abc' },
      message: 'pas un nombre',
    })
    expect(cells.summary()).toMatchObject({ unsaved: 1, refused: ['A1.L011.B'] })
    store.discard('A1.L011.B')
    expect(store.data('A1.L011.B')).toMatchObject({ value: '10', status: 'idle' })
  })

  it('survives a new reading of the tab', async () => {
    const { store, sent } = setUp()
    store.type([{ id: 'A1.L011.B', value: '11' }])
    store.load({ ...content, values: { 'L011.B': '99', 'L012.B': '5' } })
    expect(shownValue(store.data('A1.L011.B'))).toBe('11')
    expect(store.data('A1.L012.B').value).toBe('5')
    expect(store.data('A1.L011.N').value).toBeNull()
    await vi.advanceTimersByTimeAsync(PAUSE)
    // What its author saw, so that the server tells the conflict.
    expect(sent[0]).toMatchObject([{ value: '11', was: '10' }])
  })
})

describe('undo', () => {
  it('takes back the last action, a block as a whole', async () => {
    const { store, sent } = setUp()
    store.type([
      { id: 'A1.L011.B', value: '1' },
      { id: 'A1.L011.D', value: '2' },
    ])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(store.undo()).toEqual(['A1.L011.B', 'A1.L011.D'])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(sent[1]).toMatchObject([
      { value: '10', was: '1' },
      { value: null, was: '2' },
    ])
    expect(store.undo()).toEqual([])
  })

  it('gives a cell forced for the first time back to its formula', async () => {
    const { store, sent } = setUp()
    store.type([{ id: 'A1.L011.P', value: '8', reason: 'écart de reprise' }])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(store.data('A1.L011.P')).toMatchObject({
      value: '8',
      forced: { automatic: '7', reason: 'écart de reprise' },
    })
    store.undo()
    expect(shownValue(store.data('A1.L011.P'))).toBe('7')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(sent[1]).toMatchObject([{ cell: 'A1.L011.P', value: null, was: '8' }])
    expect(store.data('A1.L011.P')).toEqual({ value: '7', status: 'saved', forced: undefined })
  })
})

describe('the server’s answer', () => {
  const conflict = { cell: 'A1.L011.B', theirs: '50', author: 'M. Durand', at: '2026-11-21T10:00:00Z' }

  it('shows both values of a conflict, writes the rest, and lets the author choose', async () => {
    const { store, sent, cells } = setUp({ answer: { ...nothing, conflicts: [conflict] } })
    store.type([
      { id: 'A1.L011.B', value: '11' },
      { id: 'A1.L011.D', value: '3' },
    ])
    await vi.advanceTimersByTimeAsync(2 * PAUSE)
    expect(sent[1]).toMatchObject([{ cell: 'A1.L011.D', value: '3' }])
    expect(store.data('A1.L011.B')).toMatchObject({
      status: 'conflict',
      theirs: { value: '50', author: 'M. Durand' },
      draft: { value: '11' },
    })
    expect(cells.summary().conflicts).toEqual(['A1.L011.B'])
    store.settle('A1.L011.B', 'mine')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(sent[2]).toMatchObject([{ cell: 'A1.L011.B', value: '11', was: '50' }])
    expect(cells.summary().unsaved).toBe(0)
  })

  it('takes the other’s value when asked', async () => {
    const { store, sent } = setUp({ answer: { ...nothing, conflicts: [conflict] } })
    store.type([{ id: 'A1.L011.B', value: '11' }])
    await vi.advanceTimersByTimeAsync(PAUSE)
    store.settle('A1.L011.B', 'theirs')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(store.data('A1.L011.B')).toMatchObject({ value: '50', status: 'idle' })
    expect(sent).toHaveLength(1)
  })

  it('keeps a refused value in its cell with the reason', async () => {
    const { store, cells } = setUp({ answer: { ...nothing, refused: [{ cell: 'A1.L011.B', message: 'Trop grand.' }] } })
    store.type([{ id: 'A1.L011.B', value: '11' }])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(store.data('A1.L011.B')).toMatchObject({ status: 'refused', message: 'Trop grand.', draft: { value: '11' } })
    expect(cells.summary().refused).toEqual(['A1.L011.B'])
  })

  it('refuses the batch with the words of any other problem', async () => {
    const problem = { code: 'REFUSED', message: 'Vous ne pouvez plus écrire.', details: {} }
    const { store } = setUp({ problem })
    store.type([{ id: 'A1.L011.B', value: '11' }])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(store.data('A1.L011.B')).toMatchObject({ status: 'refused', message: problem.message })
  })
})

describe('without a server', () => {
  it('keeps what was typed and tries again', async () => {
    const { store, sent, cells } = setUp({ problem: UNREACHABLE })
    store.type([{ id: 'A1.L011.B', value: '11' }])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(cells.summary()).toMatchObject({ offline: true, unsaved: 1 })
    expect(store.data('A1.L011.B').status).toBe('waiting')
    await vi.advanceTimersByTimeAsync(5000)
    expect(sent).toHaveLength(2)
    expect(cells.summary()).toMatchObject({ offline: false, unsaved: 0 })
  })

  it('sends nothing any more of what its author agreed to lose', async () => {
    const sent: string[] = []
    const error = { graphQLErrors: [], networkError: new Error('offline') }
    const mutation = (_: unknown, { dossier }: { dossier: string }) => {
      sent.push(dossier)
      return Promise.resolve({ error })
    }
    const store = cellsOf('d', { mutation } as unknown as Client).tab('A1')
    store.load(content)
    store.type([{ id: 'A1.L011.B', value: '11' }])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(sent).toEqual(['d'])
    forgetCells()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toEqual(['d'])
    expect(countUnsaved()).toBe(0)
  })

  it('waits for a new session when the last one is over', async () => {
    const { store, sent, cells } = setUp({ problem: { code: 'UNAUTHENTICATED', message: '', details: {} } })
    store.type([{ id: 'A1.L011.B', value: '11' }])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toHaveLength(1)
    await cells.flush()
    expect(sent).toHaveLength(2)
    expect(cells.summary().unsaved).toBe(0)
  })
})

describe('the rows of a dynamic tab', () => {
  it('are numbered after the last, and a drafted one survives a new reading', () => {
    const { cells } = setUp()
    const store = cells.tab('F01')
    store.load({ values: {}, forced: {}, rows: [{ key: '0007', values: { C01: 'x' } }], editable: true })
    const [key = ''] = store.addRows(1)
    expect(key).toMatch(/^0008-\w{3}$/)
    store.type([{ id: store.rowCell(key, 'C01'), value: 'y' }])
    store.load({ values: {}, forced: {}, rows: [{ key: '0007', values: { C01: 'x' } }], editable: true })
    expect(store.rowKeys).toEqual(['0007', key])
    expect(store.data('F01[0007].C01').value).toBe('x')
  })
})
