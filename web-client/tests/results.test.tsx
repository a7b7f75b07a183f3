import { act } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type ListProps, VirtualResults } from '../src/search/Results'
import { COLUMNS } from '../src/search/columns'
import { BY_CODE } from '../src/search/place'
import { ALL, NONE, toggled } from '../src/search/selection'
import type { Found } from '../src/search/useSearch'
import { rendered } from './rendered'

const TOTAL = 10_000
const HEIGHT = 600

const found = (id: number) =>
  ({
    id: `${id}`,
    form: 'ER',
    year: 2024,
    organism: { name: `Office ${id}`, code: `${id}` },
    labels: [],
  }) as unknown as Found

const props = (changes: Partial<ListProps> = {}): ListProps => ({
  rows: Array.from({ length: TOTAL }, (_, id) => found(id)),
  total: TOTAL,
  columns: COLUMNS.filter(({ key }) => key === 'code' || key === 'name' || key === 'labels'),
  order: BY_CODE,
  selection: NONE,
  onOrder: vi.fn<ListProps['onOrder']>(),
  onTick: vi.fn<ListProps['onTick']>(),
  onTickAll: vi.fn<ListProps['onTickAll']>(),
  onCard: vi.fn<ListProps['onCard']>(),
  onReach: vi.fn<ListProps['onReach']>(),
  ...changes,
})

// Nothing is laid out here: what scrolls is told its height.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(HEIGHT)
})
afterEach(() => vi.restoreAllMocks())

const rows = () => [...document.querySelectorAll('tbody tr:not([aria-hidden])')]

it('of 10,000 rows those in sight are on the page, each with its place, as many wherever one scrolls to', () => {
  const asked = props()
  const { find } = rendered(<VirtualResults {...asked} />)
  expect(find('table').getAttribute('aria-rowcount')).toBe('10001')
  expect(rows()[0]!.getAttribute('aria-rowindex')).toBe('2')
  const first = rows().length
  expect(first).toBeGreaterThan(10)
  expect(document.querySelectorAll('*').length).toBeLessThan(1000)
  const scroller = find('.results')
  act(() => {
    scroller.scrollTop = 44 * 5000
    scroller.dispatchEvent(new Event('scroll'))
  })
  const places = rows().map((row) => Number(row.getAttribute('aria-rowindex')))
  expect(places).toContain(5002)
  expect(places.at(-1)! - places[0]!).toBe(places.length - 1)
  expect(places.length).toBeLessThan(2 * first)
  expect(asked.onReach).toHaveBeenLastCalledWith(places.at(-1)! - 2)
})

it('what was not read yet says so, and the box of all is ticked, then half ticked, for all but some', () => {
  const { show, find } = rendered(<VirtualResults {...props({ rows: [found(0)] })} />)
  expect(rows()[1]!.querySelector('td')!.getAttribute('aria-label')).toBe('Chargement…')
  const box = () => find('thead input') as HTMLInputElement
  expect([box().checked, box().indeterminate]).toEqual([false, false])
  show(<VirtualResults {...props({ selection: ALL })} />)
  expect([box().checked, box().indeterminate]).toEqual([true, false])
  show(<VirtualResults {...props({ selection: toggled(ALL, '1') })} />)
  expect([box().checked, box().indeterminate]).toEqual([false, true])
  const ticked = rows().map((row) => row.querySelector('input')!.checked)
  expect([ticked[0], ticked[1], ticked[2]]).toEqual([true, false, true])
})

it('a column is sorted by its name, the other way by the same, and one that has no order has no button', () => {
  const asked = props()
  const { show, find } = rendered(<VirtualResults {...asked} />)
  const heads = [...document.querySelectorAll('th[scope=col]')].slice(1)
  expect(heads.map((head) => head.getAttribute('aria-sort'))).toEqual(['ascending', null, null])
  expect(heads.map((head) => head.querySelector('button') !== null)).toEqual([true, true, false])
  act(() => heads[1]!.querySelector('button')!.click())
  expect(asked.onOrder).toHaveBeenLastCalledWith({ sort: 'NAME', descending: false })
  show(<VirtualResults {...asked} order={{ sort: 'NAME', descending: false }} />)
  act(() => find('[aria-sort] button').click())
  expect(asked.onOrder).toHaveBeenLastCalledWith({ sort: 'NAME', descending: true })
})
