import { act, useState } from 'react'
import { expect, it, vi } from 'vitest'
import { Combobox } from '../src/ui/Combobox'
import { DateField } from '../src/ui/DateField'
import { MultiChoice } from '../src/ui/MultiChoice'
import { rendered } from './rendered'

const press = (element: Element, key: string) =>
  act(() => element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))

function type(input: HTMLElement, text: string) {
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, text)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

const here = () => document.activeElement!

const BOTH = [
  { key: '1', name: 'Habitat du Nord', detail: 'code 1' },
  { key: '2', name: 'Habitat du Sud' },
]

function Organism({ suggest, onChoose }: { suggest: (text: string) => Promise<typeof BOTH>; onChoose: () => void }) {
  const [text, setText] = useState('')
  return <Combobox label="Organisme" name="text" value={text} onChange={setText} {...{ suggest, onChoose }} />
}

it('proposes for what is typed, goes through by the arrows, and takes by Enter what is pointed at', async () => {
  vi.useFakeTimers()
  const suggest = vi.fn<() => Promise<typeof BOTH>>(async () => BOTH)
  const onChoose = vi.fn<() => void>()
  const { find } = rendered(<Organism suggest={suggest} onChoose={onChoose} />)
  const input = find('input')
  type(input, 'h')
  await act(() => vi.advanceTimersByTimeAsync(1000))
  expect(suggest).not.toHaveBeenCalled()
  type(input, 'habitat')
  expect(input.getAttribute('aria-expanded')).toBe('false')
  await act(() => vi.advanceTimersByTimeAsync(1000))
  expect(suggest).toHaveBeenCalledExactlyOnceWith('habitat')
  expect(input.getAttribute('aria-expanded')).toBe('true')
  expect(find('[aria-live]').textContent).toBe('2\u00a0propositions')
  press(input, 'ArrowUp')
  const active = find('[aria-selected=true]')
  expect([active.textContent, active.id]).toEqual(['Habitat du Sud', input.getAttribute('aria-activedescendant')])
  press(input, 'ArrowDown')
  press(input, 'Enter')
  expect(onChoose).toHaveBeenCalledExactlyOnceWith(BOTH[0])
  expect(input.getAttribute('aria-expanded')).toBe('false')
  vi.useRealTimers()
})

it('closes by Escape, and an answer that comes after that is dropped', async () => {
  vi.useFakeTimers()
  const waiting: ((found: typeof BOTH) => void)[] = []
  const suggest = () => new Promise<typeof BOTH>((resolve) => waiting.push(resolve))
  const onChoose = vi.fn<() => void>()
  const { find } = rendered(<Organism suggest={suggest} onChoose={onChoose} />)
  const input = find('input')
  type(input, 'habitat')
  await act(() => vi.advanceTimersByTimeAsync(1000))
  press(input, 'Tab')
  await act(async () => waiting.pop()!(BOTH))
  expect(input.getAttribute('aria-expanded')).toBe('false')
  press(input, 'ArrowDown')
  await act(() => vi.advanceTimersByTimeAsync(1000))
  await act(async () => waiting.pop()!(BOTH))
  expect(input.getAttribute('aria-expanded')).toBe('true')
  press(input, 'Escape')
  expect(input.getAttribute('aria-expanded')).toBe('false')
  press(input, 'Enter')
  expect(onChoose).not.toHaveBeenCalled()
  vi.useRealTimers()
})

function Day({ onDay }: { onDay: (day: string) => void }) {
  const [day, setDay] = useState('2026-01-31')
  const change = (next: string) => {
    setDay(next)
    onDay(next)
  }
  return <DateField label="Le" name="day" value={day} onChange={change} />
}

it('a day is typed as people write it, or chosen by the keys in its calendar', async () => {
  const onDay = vi.fn<(day: string) => void>()
  const { find } = rendered(<Day onDay={onDay} />)
  const input = find('input') as HTMLInputElement
  expect(input.value).toBe('31/01/2026')
  type(input, '1/2/2026')
  expect(onDay).toHaveBeenLastCalledWith('2026-02-01')
  expect(input.value).toBe('1/2/2026')
  type(input, '31/02/2026')
  expect(onDay).toHaveBeenLastCalledWith('31/02/2026')
  type(input, '31/01/2026')
  const button = find('button')
  act(() => button.click())
  await act(() => import('../src/ui/Calendar'))
  expect(here().getAttribute('aria-label')).toBe('samedi 31 janvier 2026')
  press(here(), 'PageDown')
  expect(here().getAttribute('aria-label')).toBe('samedi 28 février 2026')
  press(here(), 'Home')
  press(here(), 'ArrowUp')
  expect(here().getAttribute('aria-label')).toBe('lundi 16 février 2026')
  act(() => (here() as HTMLElement).click())
  expect(onDay).toHaveBeenLastCalledWith('2026-02-16')
  expect([find('[role=dialog]'), here()]).toEqual([null, button])
  act(() => button.click())
  press(here(), 'Escape')
  expect([find('[role=dialog]'), here()]).toEqual([null, button])
})

it('several are chosen in the order of the list, and said on the button', () => {
  const choices = ['a', 'b', 'c'].map((value) => ({ value, label: `Lettre ${value}` }))
  function Letters() {
    const [value, setValue] = useState<readonly string[]>(['c'])
    return <MultiChoice label="Lettres" all="Toutes" {...{ choices, value }} onChange={setValue} />
  }
  const { find } = rendered(<Letters />)
  const button = find('button')
  expect(button.textContent).toBe('Lettre c')
  act(() => button.click())
  act(() => find('input').click())
  expect(button.textContent).toBe('2 choix')
  act(() => find('input').click())
  act(() => (document.querySelectorAll('input')[2] as HTMLElement).click())
  expect(button.textContent).toBe('Toutes')
  press(find('input'), 'Escape')
  expect([find('input'), document.activeElement]).toEqual([null, button])
})
