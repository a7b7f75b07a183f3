import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DossierCells, type WriteAnswer } from '../src/cells/dossierCells'
import { shownValue } from '../src/cells/model'
import type { LiveEngine } from '../src/cells/overlay'
import { Live } from '../src/formula/live'
import { program, typed } from './formulaSample'
import { content } from './samples'

const PAUSE = 500
const answered = (version: number, changed: WriteAnswer['changed']): { answer: WriteAnswer } => {
  return { answer: { version, changed, conflicts: [], refused: [] } }
}

function setUp(...answers: { answer: WriteAnswer }[]) {
  const left = [...answers]
  const cells = new DossierCells(() => Promise.resolve(left.shift()!))
  const store = cells.tab('A1')
  store.load({ ...content, values: { 'L011.B': '10', 'L011.N': '10', 'L011.P': '10', 'L019.B': '10' } })
  cells.overlay.attach(new Live(program, 'OPH', typed, 4))
  const shown = (id: string) => shownValue(store.view(id).data)
  return { cells, store, shown }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('what is typed', () => {
  it('is computed at once, drawn where it changes, until the server answers', async () => {
    const { store, shown, cells } = setUp(answered(5, { 'A1.L011.N': '10.5', 'A1.L011.D': '0.5' }))
    const heard: string[] = []
    for (const id of ['A1.L011.N', 'A1.L019.B']) store.subscribe(id, () => heard.push(id))
    store.type([{ id: 'A1.L011.D', value: '0.5' }])
    expect(shown('A1.L011.N')).toBe('10.5')
    expect(store.view('A1.L011.N').data.local).toBe('10.5')
    expect(new Set(heard)).toEqual(new Set(['A1.L011.N']))
    expect(cells.overlay.counts).toEqual({ blocking: 1, major: 0, minor: 0 })
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(store.view('A1.L011.N').data).toMatchObject({ value: '10.5' })
    expect(store.view('A1.L011.N').data.local).toBeUndefined()
  })

  it('gives way to the server where the two differ', async () => {
    const { store, shown } = setUp(answered(5, { 'A1.L011.N': '99', 'A1.L011.D': '0.5' }))
    store.type([{ id: 'A1.L011.D', value: '0.5' }])
    expect(shown('A1.L011.N')).toBe('10.5')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(shown('A1.L011.N')).toBe('99')
    // Another draft, which does not concern that cell, does not bring the browser's value back.
    store.type([{ id: 'A1.L012.B', value: '1' }])
    expect([shown('A1.L011.N'), shown('A1.L019.B')]).toEqual(['99', '11'])
  })

  it('in the editor is shown through the cells that read it, and forgotten when it is given up', () => {
    const { store, shown, cells } = setUp()
    store.preview('A1.L011.B', '20')
    expect([shown('A1.L011.N'), shown('A1.L019.B'), shown('A1.L011.B')]).toEqual(['20', '20', '10'])
    store.preview('A1.L011.D', undefined)
    expect(shown('A1.L011.N')).toBe('20')
    store.preview('A1.L011.B', undefined)
    expect(shown('A1.L011.N')).toBe('10')
    expect(cells.summary().unsaved).toBe(0)
  })

  it('that cannot be read changes nothing', () => {
    const { store, shown } = setUp()
    store.typeUnreadable('A1.L011.B', 'abc', 'pas un nombre')
    expect(shown('A1.L011.N')).toBe('10')
  })

  it('gives a forced cell back to its formula, with what the formula gives now', () => {
    const { store, shown } = setUp()
    store.load({
      ...content,
      values: { 'L011.B': '10', 'L011.P': '7' },
      forced: { 'L011.P': { automatic: '10', reason: 'reprise' } },
    })
    store.type([{ id: 'A1.L011.B', value: '30' }])
    store.type([{ id: 'A1.L011.P', value: null }])
    expect(shown('A1.L011.P')).toBe('30')
  })
})

describe('without the browser’s calculation', () => {
  it('the server’s results are waited for, and typing goes on', async () => {
    const { cells, store, shown } = setUp(answered(5, { 'A1.L011.N': '12' }))
    const broken: LiveEngine = {
      version: 4,
      show: () => {
        throw new SyntaxError('Cannot convert abc to a BigInt')
      },
      keep: () => broken,
      counts: () => ({ blocking: 9, major: 9, minor: 9 }),
      hidden: () => new Set(),
    }
    cells.overlay.attach(broken)
    store.type([{ id: 'A1.L011.B', value: '12' }])
    expect([shown('A1.L011.N'), cells.overlay.counts]).toEqual(['10', undefined])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(shown('A1.L011.N')).toBe('12')
  })
})

describe('when someone else wrote', () => {
  it('asks for the values anew, and takes none that are older than what was written since', async () => {
    const { cells, store, shown } = setUp(answered(7, { 'A1.L011.N': '12' }))
    const asked = vi.fn<() => void>()
    cells.overlay.outdated.subscribe(asked)
    cells.overlay.seen(4)
    expect(asked).not.toHaveBeenCalled()
    store.type([{ id: 'A1.L011.B', value: '12' }])
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(asked).toHaveBeenCalledTimes(1)
    cells.overlay.attach(new Live(program, 'OPH', typed, 6))
    expect(asked).toHaveBeenCalledTimes(2)
    cells.overlay.attach(new Live(program, 'OPH', { ...typed, cells: { 'A1.L011.B': '12' } }, 7))
    expect(asked).toHaveBeenCalledTimes(2)
    store.type([{ id: 'A1.L011.D', value: '1' }])
    expect(shown('A1.L011.N')).toBe('13')
    cells.overlay.seen(9)
    expect(asked).toHaveBeenCalledTimes(3)
  })
})
