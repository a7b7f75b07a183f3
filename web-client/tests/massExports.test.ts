import { expect, it } from 'vitest'
import { aboutTime, printSeconds, secondsLeft } from '../src/exports/estimate'
import { KINDS, massSeconds, outcome, shareForm } from '../src/exports/mass'

it('a time is said in words that nobody has to count', () => {
  const said = [0, 1, 1.2, 50, 51, 61, 5399, 5401].map(aboutTime)
  expect(said).toEqual([
    'environ 1\u00a0seconde',
    'environ 1\u00a0seconde',
    'environ 2\u00a0secondes',
    'environ 50\u00a0secondes',
    'environ 1\u00a0minute',
    'environ 2\u00a0minutes',
    'environ 90\u00a0minutes',
    'environ 2\u00a0heures',
  ])
})

it('more tabs, and tagged ones, take longer; a tab alone is there in about a second', () => {
  expect(aboutTime(printSeconds(1, false))).toBe('environ 1\u00a0seconde')
  expect(printSeconds(65, false)).toBeGreaterThan(printSeconds(10, false))
  expect(printSeconds(65, true)).toBeGreaterThan(printSeconds(65, false))
})

it('what is left follows from the pace, once there is one', () => {
  expect(secondsLeft(0, 50, 10)).toBeUndefined()
  expect(secondsLeft(10, 50, 0)).toBeUndefined()
  expect(secondsLeft(10, 50, 20)).toBe(80)
  expect(secondsLeft(50, 50, 20)).toBe(0)
})

it('tabs and tags count only where pages are drawn', () => {
  expect(massSeconds('XML', 50, 1, true)).toBe(massSeconds('XML', 50, undefined, false))
  expect(massSeconds('PDF', 50, 1, false)).toBeLessThan(massSeconds('PDF', 50, undefined, false))
  expect(massSeconds('PDF', 50, 1, true)).toBeGreaterThan(massSeconds('PDF', 50, 1, false))
})

it('what the server refuses is not offered: one tagged PDF of all, tabs of a sealed copy', () => {
  expect(KINDS.ONE_PDF.isTagged).toBe(false)
  expect(KINDS.COPY.hasTabs).toBe(false)
})

it('tabs are chosen where all are of one form and one year', () => {
  const er = { id: '1', form: 'ER', year: 2024 }
  expect(shareForm([])).toBe(false)
  expect(shareForm([er, { ...er, id: '2' }])).toBe(true)
  expect(shareForm([er, { ...er, id: '2', year: 2023 }])).toBe(false)
  expect(shareForm([er, { ...er, id: '2', form: 'QDIS' }])).toBe(false)
})

it('failures are told where there are', () => {
  expect(outcome({ done: 1, failed: 0 })).toBe('1\u00a0dossier fait')
  expect(outcome({ done: 48, failed: 2 })).toBe('48\u00a0dossiers faits, 2\u00a0en échec')
})
