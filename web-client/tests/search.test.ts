import { describe, expect, it } from 'vitest'
import { addDays, addMonths, parseDay, sayDay, weekOf, weeksOf, writeDay } from '../src/text/calendar'
import { ordered, usualColumns } from '../src/search/columns'
import { changed, heldBy } from '../src/search/labelling'
import { canTake, listAddress, toPrint } from '../src/search/listFiles'
import { around, idsOf } from '../src/search/pages'
import {
  BY_CODE,
  NOWHERE,
  criteriaOf,
  hasCriterion,
  isDetailed,
  placeOf,
  readOrder,
  readPlace,
  shortOnly,
  writePlace,
  wrongDays,
} from '../src/search/place'
import { ALL, NONE, countOf, has, picked, toggled } from '../src/search/selection'
import type { Found } from '../src/search/useSearch'

const label = (id: string) => ({ __typename: 'Label', id, name: id, tone: 'BLUE' }) as const

const fileOf = (selection: typeof ALL) =>
  new URL(
    listAddress('csv', { criteria: { search: 'a&b' }, order: BY_CODE, columns: ['code', 'name'], selection }),
    'http://h',
  ).searchParams

const named = (count: number) => ({ isAll: false, ids: new Set(Array.from({ length: count }, (_, at) => `${at}`)) })

const asked = (address: string) => readPlace(new URLSearchParams(address))

describe('the place of a search', () => {
  it('is the same once written and read again, with its order', () => {
    const place = asked('q=%25+d%27Or&formulaire=ER,QDIS&annee=2024,2023&etape=4&retard=oui&passage_du=2025-01-31')
    expect(place.text).toBe("% d'Or")
    expect(readPlace(writePlace(place))).toEqual(place)
    const order = { sort: 'STEP_SINCE', descending: true } as const
    expect(readOrder(writePlace(place, order))).toEqual(order)
    expect(writePlace(NOWHERE, BY_CODE).size).toBe(0)
  })

  it('holds nothing that was made up', () => {
    expect(readOrder(new URLSearchParams('tri=password&sens=x'))).toEqual(BY_CODE)
    expect(criteriaOf(asked('retard=peut-etre&etape=99&annee=abc&passage_du=hier'))).toEqual({})
  })

  it('asks for at least one criterion, and a filter within the results is none', () => {
    expect(hasCriterion(NOWHERE)).toBe(false)
    expect(hasCriterion(asked('q=++&dans=paris&passage=3'))).toBe(false)
    expect(hasCriterion(asked('etape=0'))).toBe(true)
    expect(hasCriterion(asked('retard=non'))).toBe(true)
  })

  it('opens the detailed form only for what the short one does not show', () => {
    expect(isDetailed(asked('q=a&formulaire=ER&annee=2024&etape=1'))).toBe(false)
    expect(isDetailed(asked('q=a&siren=552'))).toBe(true)
    expect(shortOnly(asked('q=a&siren=552&retard=oui'))).toEqual(asked('q=a'))
  })
})

describe('criteria', () => {
  const address =
    'q=office&dans=sud&nom=habitat&siren=732+829+320&formulaire=ER&annee=2024&etape=4,5&famille=OPH' +
    '&passage=3&passage_du=2025-01-31&remise_du=2025-02-01&remise_au=2025-02-09&federe=non&retard=oui&charge=c1'
  const criteria = {
    search: 'office',
    within: 'sud',
    name: 'habitat',
    siren: '732829320',
    officer: 'c1',
    passedSince: '2025-01-31',
    passedUntil: '2025-01-31',
    handedSince: '2025-02-01',
    handedUntil: '2025-02-09',
    federated: false,
    late: true,
    categories: ['OPH'],
    forms: ['ER'],
    years: [2024],
    steps: ['REVIEW', 'FINALISATION'],
    passedStep: 'HIERARCHICAL_VALIDATION',
  }

  it('are what the server names them, a single day an interval of one day', () => {
    expect(criteriaOf(asked(address))).toEqual(criteria)
  })

  it('that were kept find their place again', () => {
    expect(criteriaOf(placeOf(criteriaOf(asked(address))))).toEqual(criteria)
    expect(placeOf({ form: 'ER', year: 2023, category: 'SA' })).toEqual(asked('formulaire=ER&annee=2023&famille=SA'))
  })

  it('tell which dates are none, and which end before they begin', () => {
    expect(wrongDays(asked(address))).toEqual({})
    expect(Object.keys(wrongDays(asked('passage_du=31/02/2025')))).toEqual(['passedSince'])
    expect(Object.keys(wrongDays(asked('remise_du=2025-02-09&remise_au=2025-02-01')))).toEqual(['handedUntil'])
  })
})

describe('days', () => {
  it('are read as people type them, and no other', () => {
    for (const typed of ['12/03/2026', ' 12.3.26 ', '12-03-2026', '12032026'])
      expect(parseDay(typed)).toBe('2026-03-12')
    for (const typed of ['', '31/02/2026', '29/02/2025', '1/13/2026', '12/03', 'demain', '12/03/0026', '1e3'])
      expect(parseDay(typed)).toBeUndefined()
    expect(parseDay('29/02/2024')).toBe('2024-02-29')
    expect([writeDay('2026-03-12'), writeDay('12/03')]).toEqual(['12/03/2026', ''])
    expect(sayDay('2026-11-22')).toBe('dimanche 22 novembre 2026')
  })

  it('follow one another across months, years and leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2024-02-29', -12)).toBe('2023-02-28')
    expect(weekOf('2026-11-22')).toEqual(['2026-11-16', '2026-11-22'])
  })

  it('make weeks from Monday, empty outside the month', () => {
    const weeks = weeksOf('2026-11-15')
    expect(weeks).toHaveLength(6)
    expect(weeks.every((week) => week.length === 7)).toBe(true)
    expect(weeks[0]).toEqual([...Array<undefined>(6).fill(undefined), '2026-11-01'])
    expect(weeks.flat().filter(Boolean)).toHaveLength(30)
    expect(weeksOf('2021-02-10')).toHaveLength(4)
  })
})

describe('a selection', () => {
  it('is of some, of all, then of all but some', () => {
    expect(countOf(toggled(toggled(NONE, 'a'), 'b'), 10)).toBe(2)
    expect(countOf(ALL, 10)).toBe(10)
    const butOne = toggled(ALL, 'a')
    expect([has(butOne, 'a'), has(butOne, 'b'), countOf(butOne, 10)]).toEqual([false, true, 9])
    expect(toggled(butOne, 'a')).toEqual(ALL)
  })

  it('goes into the address of the files by those taken, or by those left out', () => {
    expect([fileOf(NONE).get('seuls'), fileOf(ALL).get('sauf')]).toEqual([null, null])
    expect(fileOf(toggled(NONE, 'a')).get('seuls')).toBe('a')
    expect(fileOf(toggled(NONE, 'a')).get('sauf')).toBeNull()
    expect(fileOf(toggled(ALL, 'a')).get('seuls')).toBeNull()
    expect(fileOf(toggled(ALL, 'a')).get('sauf')).toBe('a')
    expect(JSON.parse(fileOf(ALL).get('q')!)).toEqual({ search: 'a&b' })
    expect([fileOf(ALL).get('tri'), fileOf(ALL).get('colonnes')]).toEqual(['CODE', 'code,name'])
  })
})

it('as many go into a file as the server takes by name', () => {
  expect([canTake(named(1000)), canTake(named(1001)), canTake(ALL)]).toEqual([true, false, true])
})

it('what is printed is what is chosen, else the page on screen', () => {
  const rows = Array.from({ length: 12 }, (_, at) => ({ id: `${at}` }))
  expect(idsOf(rows, 1, true)).toEqual(['10', '11'])
  expect(toPrint(NONE, idsOf(rows, 0, false))).toBe(NONE)
  expect(toPrint(NONE, ['10', '11'])).toEqual({ isAll: false, ids: new Set(['10', '11']) })
  expect(toPrint(ALL, ['10'])).toBe(ALL)
  const one = toggled(NONE, '3')
  expect(toPrint(one, ['10'])).toBe(one)
  expect(picked(one, rows)).toEqual({ dossiers: ['3'], chosen: [{ id: '3' }] })
  // The rows of another order are not all there yet: none of those chosen is lost.
  expect(picked(toggled(one, '99'), rows)).toEqual({ dossiers: ['3', '99'], chosen: [] })
})

it('the pages proposed are those around, as many at both ends', () => {
  expect(around(0, 1)).toEqual([0])
  expect(around(0, 9)).toEqual([0, 1, 2, 3, 4])
  expect(around(8, 9)).toEqual([4, 5, 6, 7, 8])
  expect(around(4, 9)).toEqual([2, 3, 4, 5, 6])
})

it('each platform has its columns, in one order, and the organism always', () => {
  const ministry = usualColumns({ ofFederation: false })
  const federation = usualColumns({ ofFederation: true })
  expect(ministry).toContain('category')
  expect(ministry).not.toContain('er_transmitted')
  expect(federation).toContain('account_manager')
  expect(federation).not.toContain('category')
  expect(ordered(['year', 'made-up', 'code'])).toEqual(['code', 'name', 'year'])
})

it('labels are put and taken away where they were asked, and left elsewhere', () => {
  const known = [label('a'), label('b'), label('c')]
  const bearing = (...ids: string[]) => ({ labels: ids.map(label) }) as unknown as Found
  expect(changed([label('a'), label('c')], known, { a: false, b: true })).toEqual([label('b'), label('c')])
  expect(heldBy([bearing('a'), bearing('a', 'b')], 'a')).toBe('all')
  expect(heldBy([bearing('a'), bearing('a', 'b')], 'b')).toBe('some')
  expect(heldBy([bearing('a')], 'c')).toBe('none')
})
