import { act } from 'react'
import { type Root, createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CellGrid } from '../src/cells/CellGrid'
import { type Forcing, GridActions } from '../src/cells/actions'
import { DossierCells } from '../src/cells/dossierCells'
import { shownValue } from '../src/cells/model'
import { Live } from '../src/formula/live'
import { program, typed } from './formulaSample'
import { content, model, pack } from './samples'

const newCells = () => new DossierCells(() => new Promise(() => undefined))
let root: Root
let cells = newCells()
let store = cells.tab('A1')
let forcings: Forcing[] = []
let blocks: string[] = []
let asked: string[] = []

const cell = (id: string) => document.querySelector<HTMLElement>(`[data-cell="${id}"]`)!
const field = () => document.querySelector<HTMLInputElement>('.cell-editor')

function press(key: string, held: KeyboardEventInit = {}) {
  act(
    () =>
      void document.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }),
      ),
  )
}

function fill(text: string) {
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
  act(() => {
    setter.call(field(), text)
    field()!.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

function paste(text: string) {
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, { clipboardData: { getData: () => text } })
  act(() => void document.activeElement!.dispatchEvent(event))
}

beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  cells = newCells()
  store = cells.tab('A1')
  store.load(content)
  forcings = []
  asked = []
  blocks = []
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
  const actions = new GridActions(store, model, pack, {
    force: (forcing) => forcings.push(forcing),
    about: (what, { id }) => asked.push(`${what} ${id}`),
    undo: () => false,
  })
  act(() =>
    root.render(
      <CellGrid
        actions={actions}
        severities={new Map([['A1.L011.B', 'MAJOR']])}
        talks={new Map([['A1.L011.D', [{ nature: 'QUESTION', published: true, open: true, count: 2, unread: 1 }]]])}
        onBlock={(text) => blocks.push(text)}
      />,
    ),
  )
  act(() => store.activate('A1.L011.B'))
  cell('A1.L011.B').focus()
})

afterEach(() => act(() => root.unmount()))

describe('the grid', () => {
  it('is one stop for the Tab key, and says of each cell what its colours say', () => {
    expect([...document.querySelectorAll('[tabindex="0"]')]).toEqual([cell('A1.L011.B')])
    expect(cell('A1.L011.B').getAttribute('aria-description')).toBe('Tronc commun, anomalie majeure')
    expect(cell('A1.L011.N').getAttribute('aria-readonly')).toBe('true')
    expect(cell('A1.L011.B').textContent).toBe('10,00')
  })

  it('follows the arrows, the focus with them', () => {
    press('ArrowRight')
    expect(document.activeElement).toBe(cell('A1.L011.D'))
    press('Home')
    expect(document.activeElement).toBe(cell('A1.L011.B'))
  })

  it('takes a typed text with Enter, and opens the cell below with its text selected', () => {
    press('5')
    expect(field()!.value).toBe('5')
    fill('5,25')
    press('Enter')
    expect(shownValue(store.data('A1.L011.B'))).toBe('5.25')
    expect(store.activeId).toBe('A1.L012.B')
    expect(cell('A1.L012.B').contains(field())).toBe(true)
  })

  it('shows at each key what the cells that read it become, and says that this is provisional', () => {
    act(() => cells.overlay.attach(new Live(program, 'OPH', typed, 1)))
    press('F2')
    fill('12')
    expect(cell('A1.L011.N').textContent).toBe('12,00')
    expect(cell('A1.L011.N').className).toContain('is-provisional')
    expect(cell('A1.L011.N').getAttribute('aria-description')).toBe(
      'Calculée, calcul provisoire, en attente du serveur',
    )
    fill('12,')
    fill('12,x')
    expect(cell('A1.L011.N').textContent).toBe('10,00')
    fill('13')
    press('Escape')
    expect(cell('A1.L011.N').textContent).toBe('10,00')
    press('F2')
    fill('14')
    press('Tab')
    expect(cell('A1.L011.N').textContent).toBe('14,00')
    expect(cells.overlay.counts).toEqual({ blocking: 0, major: 0, minor: 0 })
  })

  it('asks for the reason of a forced value that was shown at each key', () => {
    act(() => cells.overlay.attach(new Live(program, 'OPH', typed, 1)))
    act(() => store.activate('A1.L011.P'))
    press('8')
    fill('85')
    press('Enter')
    expect(forcings).toMatchObject([{ cell: { id: 'A1.L011.P' }, value: '85' }])
    expect(cell('A1.L011.P').textContent).toBe('7,00')
  })

  it('takes the focus wherever one is sent, to the cell that was active already too', () => {
    act(() => (document.activeElement as HTMLElement).blur())
    expect(document.activeElement).toBe(document.body)
    act(() => store.goTo('A1.L011.B'))
    expect(document.activeElement).toBe(cell('A1.L011.B'))
    act(() => store.goTo('A1.L011.D'))
    expect(document.activeElement).toBe(cell('A1.L011.D'))
  })

  it('gives up on Escape, and gives the focus back to the cell', () => {
    press('F2')
    fill('999')
    press('Escape')
    expect(shownValue(store.data('A1.L011.B'))).toBe('10')
    expect(field()).toBeNull()
    expect(document.activeElement).toBe(cell('A1.L011.B'))
  })

  it('keeps an unreadable text in its cell', () => {
    press('F2')
    fill('douze')
    press('Tab')
    expect(cell('A1.L011.B').textContent).toBe('douze')
    expect(cell('A1.L011.B').getAttribute('aria-invalid')).toBe('true')
    expect(store.activeId).toBe('A1.L011.D')
  })

  it('keeps what is typed even when the tab is left by another way', () => {
    press('F2')
    fill('77')
    act(() => root.render(null))
    expect(shownValue(store.data('A1.L011.B'))).toBe('77')
  })

  it('never opens a computed cell, and asks before it forces one', () => {
    act(() => store.activate('A1.L011.N'))
    press('8')
    expect(field()).toBeNull()
    act(() => store.activate('A1.L011.P'))
    press('8')
    press('Enter')
    expect(forcings).toMatchObject([{ cell: { id: 'A1.L011.P' }, value: '8' }])
    expect(shownValue(store.data('A1.L011.P'))).toBe('7')
  })

  it('blanks a cell on Delete and takes it back on Ctrl+Z', () => {
    press('Delete')
    expect(shownValue(store.data('A1.L011.B'))).toBeNull()
    press('z', { ctrlKey: true })
    expect(shownValue(store.data('A1.L011.B'))).toBe('10')
  })

  it('lets the Tab key out after Escape', () => {
    const tab = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true })
    press('Escape')
    act(() => void cell('A1.L011.B').dispatchEvent(tab))
    expect(tab.defaultPrevented).toBe(false)
    expect(store.activeId).toBe('A1.L011.B')
  })

  it('hands over a pasted block, and takes one pasted value itself', () => {
    paste('1\t2\n3\t4')
    expect(blocks).toEqual(['1\t2\n3\t4'])
    paste('1 234,5')
    expect(shownValue(store.data('A1.L011.B'))).toBe('1234.5')
  })

  it('closes the editor on a pasted block, and leaves what the block wrote', () => {
    press('F2')
    paste('1\t2')
    act(() => store.type([{ id: 'A1.L011.B', value: '1' }]))
    expect(blocks).toEqual(['1\t2'])
    expect(field()).toBeNull()
    press('ArrowRight')
    expect(shownValue(store.data('A1.L011.B'))).toBe('1')
  })

  it('is not moved by a value that changes under an open editor', () => {
    press('F2')
    act(() => store.set('A1.L011.B', { value: '42', status: 'idle' }))
    press('Enter')
    expect(shownValue(store.data('A1.L011.B'))).toBe('42')
  })

  it('refuses every key where one may only read', () => {
    act(() => store.load({ ...content, editable: false }))
    press('5')
    press('Delete')
    expect(field()).toBeNull()
    expect(shownValue(store.data('A1.L011.B'))).toBe('10')
  })
})
