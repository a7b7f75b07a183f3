import { describe, expect, it } from 'vitest'
import {
  type Draft,
  type FunctionRow,
  applyProfile,
  boxesToWrite,
  compare,
  draftOf,
  fill,
  isSame,
  lookOf,
  setBoxes,
  ticksOf,
} from '../src/people/matrix'
import { reach } from '../src/people/matrixKeys'
import { checkPassword, isStrong } from '../src/people/passwordRules'
import { copyOf, validate, EMPTY } from '../src/people/accountForm'
import { atSteps, impact, of } from '../src/people/words'
import type { AccountFieldsFragment, BoxState } from '../src/gen/graphql'

/** One letter a step: inherited, granted, refused, imposed (on in upper case), `n` for one that may not be given. */
function row(right: string, label: string, states: string): FunctionRow {
  const known: Record<string, BoxState> = {
    i: 'INHERITED',
    g: 'GRANTED',
    r: 'REFUSED',
    n: 'REFUSED',
    L: 'IMPOSED_ON',
    l: 'IMPOSED_OFF',
  }
  const cells = [...states].map((state, step) => ({
    step,
    state: known[state]!,
    editable: 'igr'.includes(state),
    reason: 'lLn'.includes(state) ? 'Imposé par le système.' : null,
  }))
  return { right, label, cells }
}

const ROWS = [
  row('dossier:read', 'Lecture du dossier', 'lllliii'),
  row('dossier:export', 'Impression et export du dossier', 'llllgrn'),
  row('admin_users', 'Paramétrage des utilisateurs', 'LLLLLLL'),
]
const PROFILE = {
  name: 'profile:partner_user',
  label: 'Utilisateur partenaire',
  rows: [row('dossier:read', '', 'lllliii'), row('dossier:export', '', 'llllrii')],
}
const GIVEN = ticksOf(PROFILE.rows)
const SAVED: Draft = draftOf({ profile: PROFILE, contact: false, rows: ROWS })
const one = (on: boolean, draft: Draft) =>
  setBoxes(ROWS, draft, on, (right, step) => right === 'dossier:read' && step === 5)
const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false })
const cell = (draft: Draft, line: number, step: number) =>
  lookOf(ROWS[line]!.right, ROWS[line]!.cells[step]!, draft, GIVEN)

describe('the matrix of rights', () => {
  it('draws each box by what is ticked, what the profile gives, and what is imposed', () => {
    expect([0, 4].map((step) => cell(SAVED, 0, step))).toEqual(['imposedOff', 'inherited'])
    expect([4, 5].map((step) => cell(SAVED, 1, step))).toEqual(['granted', 'refused'])
    expect(cell(SAVED, 2, 0)).toBe('imposedOn')
  })

  it('changes only the free boxes of a row or of a column: all on, then all off', () => {
    const on = fill(ROWS, SAVED, { right: 'dossier:export' })
    expect([4, 5, 6].map((step) => cell(on, 1, step))).toEqual(['granted', 'inherited', 'refused'])
    const off = fill(ROWS, on, { right: 'dossier:export' })
    expect([4, 5, 6].map((step) => cell(off, 1, step))).toEqual(['refused', 'refused', 'refused'])
    const column = fill(ROWS, SAVED, { step: 4 })
    expect([...column.ticked].filter((name) => name.endsWith('@4'))).toEqual(['admin_users@4'])
    expect(fill(ROWS, SAVED, { step: 0 })).toEqual(SAVED)
  })

  it('is as it was once a change is undone', () => {
    const without = one(false, SAVED)
    expect(isSame(without, SAVED)).toBe(false)
    expect(isSame(one(true, without), SAVED)).toBe(true)
    expect(isSame({ ...SAVED, contact: true }, SAVED)).toBe(false)
  })

  it('is filled from a profile, but for what may not be given', () => {
    const filled = applyProfile(ROWS, { ...SAVED, profile: null }, PROFILE)
    expect(filled.profile).toBe('profile:partner_user')
    expect([4, 5, 6].map((step) => cell(filled, 1, step))).toEqual(['refused', 'inherited', 'refused'])
    expect(boxesToWrite(ROWS, filled, GIVEN)).toEqual([{ right: 'dossier:export', step: 6, granted: false }])
    expect(ticksOf(PROFILE.rows).has('dossier:export@6')).toBe(true)
    const emptied = applyProfile(ROWS, SAVED, null)
    expect([...emptied.ticked]).toEqual(ROWS[2]!.cells.map(({ step }) => `admin_users@${step}`))
  })

  it('writes every box that differs from the profile, never an imposed one', () => {
    expect(boxesToWrite(ROWS, SAVED, GIVEN)).toEqual([
      { right: 'dossier:export', step: 4, granted: true },
      { right: 'dossier:export', step: 5, granted: false },
      { right: 'dossier:export', step: 6, granted: false },
    ])
  })

  it('says in words what will be possible, and what no longer', () => {
    const after = fill(ROWS, fill(ROWS, SAVED, { right: 'dossier:read' }), { right: 'dossier:export' })
    const changes = compare(ROWS, SAVED.ticked, after.ticked)
    expect(impact('Marie Durand', changes)).toBe(
      'Marie Durand pourra désormais imprimer et exporter les dossiers à l’étape\u00a05\u202f; ' +
        'ne pourra plus lire les dossiers aux étapes\u00a04\u00a0à\u00a06.',
    )
    expect(impact('Marie Durand', { gained: [], lost: [] })).toBe('')
  })

  it.each([
    [[4], 'à l’étape\u00a04'],
    [[4, 5], 'aux étapes\u00a04 et 5'],
    [[1, 2, 3, 5], 'aux étapes\u00a01\u00a0à\u00a03 et 5'],
    [[0, 2, 5], 'aux étapes\u00a00, 2 et 5'],
    [[0, 1, 2, 3, 4, 5, 6], 'à toutes les étapes'],
  ])('names the steps %j', (steps, said) => expect(atSteps(steps)).toBe(said))
})

it.each([
  ['Marie Durand', 'de Marie Durand'],
  ['Élise Roy', 'd’Élise Roy'],
  ['Hugo Petit', 'd’Hugo Petit'],
])('elides before %s', (name, said) => expect(of(name)).toBe(said))

describe('the keys of the matrix', () => {
  it('reaches the heads, never the corner, and stops at the edges', () => {
    expect(reach([0, 0], key('ArrowUp'), 3, -1)).toEqual([-1, 0])
    expect(reach([-1, 0], key('ArrowLeft'), 3, -1)).toEqual([-1, 0])
    expect(reach([0, 0], key('ArrowUp'), 3, 0)).toEqual([0, 0])
    expect(reach([2, 6], key('ArrowDown'), 3, -1)).toEqual([2, 6])
  })

  it('has Home and End, of the row or of the table; other keys are not its own', () => {
    expect(reach([1, 3], key('Home'), 3, -1)).toEqual([1, 0])
    expect(reach([1, 3], key('End', true), 3, -1)).toEqual([2, 6])
    expect(reach([1, 3], key('a', true), 3, -1)).toBeUndefined()
  })
})

describe('a new user', () => {
  const typed = {
    ...EMPTY,
    lastName: 'Durand',
    firstName: 'Marie',
    login: 'marie.durand',
    email: 'marie@exemple.fr',
    phone: '01 44 00 00 00',
    password: 'Abricot-24-Vert',
    passwordAgain: 'Abricot-24-Vert',
  }

  it('is told of each field that is wrong', () => {
    expect(validate(typed, true)).toEqual({})
    expect(Object.keys(validate(EMPTY, true))).toEqual(['lastName', 'firstName', 'login', 'email', 'phone', 'password'])
    const wrong = {
      ...typed,
      email: 'marie@exemple',
      phone: '12',
      login: 'é',
      passwordAgain: 'autre',
      homeYear: '2024',
    }
    expect(Object.keys(validate(wrong, true))).toEqual(['email', 'phone', 'homeForm', 'login', 'passwordAgain'])
    expect(validate({ ...typed, login: '', password: '' }, false)).toEqual({})
  })

  it('sees the rules of a password become true', () => {
    expect(checkPassword('abc').map(({ holds }) => holds)).toEqual([false, false, false, false])
    expect(checkPassword('Abcdefg1').map(({ holds }) => holds)).toEqual([true, true, true, false])
    expect(isStrong('Écoute-1')).toBe(true)
  })

  it('who copies another takes his role, and nothing that is his own', () => {
    const model = { ...typed, title: 'Directeur', defaultProfile: { name: 'p', label: 'P' }, homeYear: 2024 }
    const copy = copyOf(model as unknown as AccountFieldsFragment)
    expect(copy).toEqual({ ...EMPTY, title: 'Directeur', defaultProfile: 'p', homeYear: '2024' })
  })
})
