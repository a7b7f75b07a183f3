import { describe, expect, it } from 'vitest'
import { type Contact, everyRole, faultOf, toSend } from '../src/moves/contacts'
import { isStale } from '../src/moves/stale'

const problem = (code: string) => ({ code, message: '', details: {} })
const blank = { name: '', title: '', email: '', phone: '' }
const ana: Contact = { ...blank, role: 'DECLARANT', name: 'Ana Roux', email: 'ana@example.org' }

describe('the contacts of a dossier', () => {
  it('have a place for each role, the declarant first', () => {
    const found = everyRole([ana])
    expect(found.map(({ role }) => role)).toEqual(['DECLARANT', 'DIRECTOR', 'ACCOUNTANT'])
    expect(found[0]).toEqual(ana)
    expect(found[1]).toEqual({ ...blank, role: 'DIRECTOR' })
  })

  it('are sent where something is said of someone, and the declarant always', () => {
    const director: Contact = { ...blank, role: 'DIRECTOR', phone: '01' }
    const left: Contact = { ...blank, role: 'ACCOUNTANT', name: '  ' }
    expect(toSend([{ ...ana, name: '' }, director, left]).map(({ role }) => role)).toEqual(['DECLARANT', 'DIRECTOR'])
  })

  it('are at fault where the server says so, among those that were sent', () => {
    const director: Contact = { ...blank, role: 'DIRECTOR', name: 'Lou' }
    expect(faultOf(['contacts', '1', 'email'], [ana, director])).toEqual({ role: 'DIRECTOR', field: 'email' })
    expect(faultOf(['contacts'], [ana])).toBeUndefined()
    expect(faultOf(['reason'], [ana])).toBeUndefined()
    expect(faultOf(undefined, [ana])).toBeUndefined()
  })
})

describe('a screen', () => {
  it('is stale where the dossier has moved, and not where something is missing', () => {
    for (const code of ['STEP_CONFLICT', 'HANDED_BACK', 'NOT_HANDED_BACK', 'REOPENING_ANSWERED'])
      expect(isStale(problem(code))).toBe(true)
    expect(isStale(problem('REASON_MISSING'))).toBe(false)
    expect(isStale(undefined)).toBe(false)
  })
})
