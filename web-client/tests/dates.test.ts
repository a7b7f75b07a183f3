import { afterEach, expect, it, vi } from 'vitest'
import { today } from '../src/text/dates'

afterEach(() => vi.useRealTimers())

it('today is the day in Paris, wherever the browser is', () => {
  vi.useFakeTimers({ now: new Date('2026-03-11T23:30:00Z') })
  expect(today()).toBe('2026-03-12')
  vi.setSystemTime(new Date('2026-07-01T21:59:00Z'))
  expect(today()).toBe('2026-07-01')
})
