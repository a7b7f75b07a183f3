import { expect, test } from 'vitest'
import { type Campaign, type Line, heldAt, movesOf } from '../src/campaigns/campaign'
import type { Step } from '../src/gen/graphql'

type Way = readonly [name: string, target: Step, asksReason: boolean]

function line(step: Step, ...ways: readonly Way[]): Line {
  const moves = ways.map(([name, target, asksReason]) => ({ name, label: `${name}…`, target, asksReason }))
  const organism = { name: 'Office', code: '001', category: 'OPH' as const }
  const dossier = { id: step, step, stepLabel: step, organism, officer: null, accountManager: null, moves }
  return { dueOn: null, late: false, daysLate: 0, dossier } as unknown as Line
}

test('the moves of several steps are offered once each, without the transmission', () => {
  const found = movesOf([
    line('HIERARCHICAL_VALIDATION', ['transmit', 'REVIEW', false], ['back', 'ENTRY_VALIDATION', true]),
    line('REVIEW', ['finalise', 'FINALISATION', false]),
    line('REVIEW', ['finalise', 'FINALISATION', false]),
  ])
  expect(found.map(({ name, asksReason }) => [name, asksReason])).toEqual([
    ['back', true],
    ['finalise', false],
  ])
})

test('dossiers that nothing moves offer nothing', () => {
  expect(movesOf([line('CLOSURE')])).toEqual([])
  expect(movesOf([])).toEqual([])
})

test('an exception begins at the step whose day holds the dossier', () => {
  const days = [
    { step: 'HIERARCHICAL_VALIDATION' as const, category: null, dueOn: '2025-07-15' },
    { step: 'HIERARCHICAL_VALIDATION' as const, category: 'SEM' as const, dueOn: '2025-09-30' },
    { step: 'REVIEW' as const, category: null, dueOn: '2026-12-31' },
  ]
  const campaign = { deadlines: days } as unknown as Campaign
  expect(heldAt(campaign, { ...line('ENTRY'), dueOn: '2025-07-15' })).toBe('HIERARCHICAL_VALIDATION')
  expect(heldAt(campaign, { ...line('ENTRY'), dueOn: '2026-12-31' })).toBe('REVIEW')
  expect(heldAt(campaign, line('REVIEW'))).toBe('REVIEW')
  expect(heldAt({ deadlines: [] } as unknown as Campaign, line('FINALISATION'))).toBe('FINALISATION')
})
