import { describe, expect, it } from 'vitest'
import { isUnmeasured, mayBeSent } from '../src/desk/measure'
import { UNREACHABLE } from '../src/graphql/problem'

const problem = (code: string) => ({ code, message: '', details: {} })

describe('an act whose effect is measured first', () => {
  it('waits for the measure, and is not sent when it would be refused', () => {
    expect(mayBeSent({ impact: undefined, problem: undefined })).toBe(false)
    expect(mayBeSent({ impact: { blocking: ['Un essai ne serait plus vrai.'] }, problem: undefined })).toBe(false)
    expect(mayBeSent({ impact: { blocking: [] }, problem: undefined })).toBe(true)
  })

  it('is refused with its measure, but does not wait for a network or a server that fails', () => {
    expect(mayBeSent({ impact: undefined, problem: problem('CONVENTION_STATE') })).toBe(false)
    for (const failed of [UNREACHABLE, problem('DOCUMENT_TOO_COMPLEX'), problem('INTERNAL')]) {
      expect(isUnmeasured(failed)).toBe(true)
      expect(mayBeSent({ impact: undefined, problem: failed })).toBe(true)
    }
    expect(isUnmeasured(undefined)).toBe(false)
  })
})
