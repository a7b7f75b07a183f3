import { act } from 'react'
import { type Root, createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Matrix } from '../src/people/Matrix'
import { type Draft, type FunctionRow, NO_BOXES, draftOf } from '../src/people/matrix'

const REASON = 'Imposé par le système.'
const rows: FunctionRow[] = ['dossier:read', 'dossier:export'].map((right) => ({
  right,
  label: right,
  cells: Array.from({ length: 7 }, (_, step) =>
    step < 4
      ? { step, state: 'IMPOSED_OFF' as const, editable: false, reason: REASON }
      : { step, state: 'REFUSED' as const, editable: true, reason: null },
  ),
}))
const saved = draftOf({ profile: null, contact: false, rows })
let draft: Draft
let root: Root

const at = (place: string) => document.querySelector<HTMLElement>(`[data-place="${place}"]`)!

function render(onChange?: (draft: Draft) => void) {
  act(() => root.render(<Matrix label="Droits" {...{ rows, draft, saved, onChange }} given={NO_BOXES} />))
}

function change(next: Draft) {
  draft = next
  render(change)
}

function press(key: string, held: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held })
  act(() => void document.activeElement!.dispatchEvent(event))
}

beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
  draft = saved
  render(change)
  act(() => at('0 4').focus())
})

afterEach(() => act(() => root.unmount()))

describe('the matrix on screen', () => {
  it('is one stop for the Tab key, which follows the arrows, heads included', () => {
    expect([...document.querySelectorAll('[tabindex="0"]')]).toEqual([at('0 4')])
    press('ArrowUp')
    expect(document.activeElement).toBe(at('-1 4'))
    press('ArrowDown')
    press('Home')
    press('ArrowLeft')
    expect([...document.querySelectorAll('[tabindex="0"]')]).toEqual([at('0 -1')])
  })

  it('ticks a box, says that it is not saved, and leaves a grey one alone with its reason', () => {
    act(() => at('0 4').click())
    expect(at('0 4').getAttribute('aria-checked')).toBe('true')
    expect(at('0 4').title).toBe('accordé · modifié, non enregistré')
    act(() => at('0 3').click())
    expect([...draft.ticked]).toEqual(['dossier:read@4'])
    expect(at('0 3').getAttribute('aria-disabled')).toBe('true')
    expect(at('0 3').title).toContain(REASON)
  })

  it('fills the row or the column in hand with the space bar', () => {
    press(' ', { shiftKey: true })
    expect([...draft.ticked]).toEqual([4, 5, 6].map((step) => `dossier:read@${step}`))
    press(' ', { ctrlKey: true })
    expect(draft.ticked.has('dossier:export@4')).toBe(true)
    press(' ', { ctrlKey: true })
    expect(draft.ticked.has('dossier:read@4')).toBe(false)
  })

  it('is only read without a way to change it', () => {
    render()
    expect(document.querySelector('table')!.getAttribute('aria-readonly')).toBe('true')
    act(() => at('0 4').click())
    press(' ', { shiftKey: true })
    expect(draft).toBe(saved)
    press('ArrowUp')
    expect(document.activeElement).toBe(at('0 4'))
  })
})
