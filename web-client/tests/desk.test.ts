import { describe, expect, it } from 'vitest'
import type { ChangeFieldsFragment } from '../src/gen/graphql'
import {
  type Line,
  type Moved,
  NOTHING,
  addLines,
  isEmpty,
  movedIn,
  outcomeOf,
  resumeAfter,
  toggleClosed,
} from '../src/desk/desk'

const READ = { ptype: 'p', values: ['partner:CDC', 'MIN', 'ER', 'all', 'dossier:read'] }
const EXPORT = { ptype: 'p', values: ['partner:CDC', 'MIN', 'ER', 'all', 'dossier:export'] }

function stored(id: string, { ptype, values }: typeof READ): Line {
  const line = { id, ptype, values, text: '', ref: '', convention: null, sinceVersion: 1, untilVersion: null }
  return { __typename: 'PolicyLine', ...line, editable: true }
}

function moved(id: number, change: Moved['change'], { ptype, values }: typeof READ): Moved {
  return { id, change, ptype, values, text: '', version: 2, at: '2026-11-22T10:00:00Z', by: 'Ève' }
}

function outcome(version: number | null, proposal: ChangeFieldsFragment['proposal'] = null): ChangeFieldsFragment {
  return { __typename: 'PolicyChange', version, proposal }
}

describe('the change under way', () => {
  it('takes a line away, then keeps it after all', () => {
    const taken = toggleClosed(NOTHING, stored('7', READ))
    expect(taken.close.map(({ id }) => id)).toEqual(['7'])
    expect(isEmpty(toggleClosed(taken, stored('7', READ)))).toBe(true)
  })

  it('adds a line once, and keeps the one that it would have taken away', () => {
    const once = addLines(addLines(NOTHING, [READ]), [READ, EXPORT])
    expect(once.add).toEqual([READ, EXPORT])
    expect(isEmpty(addLines(toggleClosed(NOTHING, stored('7', READ)), [READ]))).toBe(true)
  })

  it('goes on after others: what they have done is no longer to be done, the rest and its motive stay', () => {
    const both = { ...addLines(toggleClosed(NOTHING, stored('7', READ)), [EXPORT]), comment: 'Ménage' }
    const draft = toggleClosed(both, stored('8', { ptype: 'p', values: ['x'] }))
    const next = resumeAfter(draft, [moved(7, 'closed', READ), moved(9, 'added', EXPORT)])
    expect(next.close.map(({ id }) => id)).toEqual(['8'])
    expect(next.add).toEqual([])
    expect(next.comment).toBe('Ménage')
  })

  it('knows the lines that a conflict names, and no other problem', () => {
    const rows = [moved(7, 'closed', READ)]
    expect(movedIn({ code: 'POLICY_CONFLICT', message: '', details: { rows } })).toBe(rows)
    expect(movedIn({ code: 'REFUSED', message: '', details: { rows } })).toBeUndefined()
    expect(movedIn(undefined)).toBeUndefined()
  })

  it('tells what has become of it', () => {
    expect(outcomeOf(outcome(12))).toBe('Enregistré\u00a0: les règles sont en version 12.')
    expect(outcomeOf(outcome(null))).toContain('attend la signature')
    const proposal = { state: 'SCHEDULED', effectiveOn: '2027-01-31' } as never
    expect(outcomeOf(outcome(null, proposal))).toContain('s’appliquera le 31/01/2027')
  })
})
