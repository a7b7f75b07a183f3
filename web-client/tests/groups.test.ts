import { describe, expect, it } from 'vitest'
import { DossierCells } from '../src/cells/dossierCells'
import { layOut } from '../src/cells/gridModel'
import { tabOf } from '../src/cells/model'
import { rowKeyOf } from '../src/cells/rowKeys'
import { boundsSentence, entriesOf, isFull, keyFault, openParts, tabNamed } from '../src/dossier/groups/instances'
import { standingIn } from '../src/dossier/groups/standing'
import { narrow, partsOf, tradesOf } from '../src/dossier/listing'
import { readPack } from '../src/pack/readPack'
import { packFile } from './samples'

const group = {
  code: 'ENFANT',
  title: 'Enfant',
  keyLabel: 'Numéro de l’enfant',
  minimum: 1,
  maximum: 3,
  keys: ['b', 'a'],
}
const tab = (code: string, title: string, of: string | null = null) => ({ code, title, dynamic: false, group: of })
const parts = [
  {
    code: '01',
    title: 'Famille',
    tabs: [tab('R1', 'Responsable'), tab('A1', 'Autorisations', 'ENFANT'), tab('F01', 'Vaccins', 'ENFANT')],
  },
]
const dossier = { parts, groups: [group] }
const { A1, F01 } = packFile.tabs
const pack = readPack(
  {
    ...packFile,
    tabs: { A1: { ...A1, group: 'ENFANT' }, F01: { ...F01, group: 'ENFANT' }, G1: { ...A1, code: 'G1' } },
  },
  'OPH',
)

const told = (id: string) => [tabOf(id), rowKeyOf(id)]
const bounds = (minimum: number, maximum: number | null) => boundsSentence({ minimum, maximum })

/** The tabs listed, instance by instance. */
function shown(sought: string, hidden: readonly string[] = [], groups = [group]) {
  return narrow(partsOf({ parts, groups }), sought, new Set(hidden)).flatMap(({ entries }) =>
    entries.map((entry) =>
      entry.kind === 'tab'
        ? entry.tab.code
        : entry.instances.map(({ key, tabs }) => [key, ...tabs.map(({ code }) => code)].join(' ')),
    ),
  )
}

describe('a repeated group in the list of tabs', () => {
  it('stands where its first tab does, with each instance in the order of the dossier', () => {
    expect(shown('')).toEqual(['R1', ['b A1[b] F01[b]', 'a A1[a] F01[a]']])
    expect(shown('', [], [{ ...group, keys: [] }])).toEqual(['R1', []])
    expect(tradesOf(dossier, [{ title: 'Santé', tabs: ['F01'] }])[0]!.entries).toEqual([
      {
        kind: 'group',
        group,
        instances: ['b', 'a'].map((key) => ({ key, tabs: [tab(`F01[${key}]`, 'Vaccins', 'ENFANT')] })),
      },
    ])
    expect(entriesOf([tab('E9', 'Autre', 'INCONNU')], [group])[0]!.kind).toBe('tab')
  })

  it('is narrowed by words of its tabs and by keys, and leaves hidden tabs out', () => {
    expect(shown('vaccins')).toEqual([['b F01[b]', 'a F01[a]']])
    expect(shown('enfant a1[b]')).toEqual([['b A1[b]']])
    expect(shown('responsable')).toEqual(['R1'])
    expect(shown('', ['F01[b]'])).toEqual(['R1', ['b A1[b]', 'a A1[a] F01[a]']])
  })

  it('opens by instance, everywhere a tab is named', () => {
    expect(openParts(dossier)[0]!.tabs.map(({ code, title }) => `${code} ${title}`)).toEqual([
      'R1 Responsable',
      'A1[b] Autorisations – Enfant\u00a0b',
      'F01[b] Vaccins – Enfant\u00a0b',
      'A1[a] Autorisations – Enfant\u00a0a',
      'F01[a] Vaccins – Enfant\u00a0a',
    ])
  })

  it('says its bounds in words', () => {
    expect([bounds(1, 3), bounds(0, 3), bounds(2, null), bounds(2, 2), bounds(0, null)]).toEqual([
      'de 1 à 3',
      '3 au plus',
      '2 au moins',
      '2 exactement',
      '',
    ])
    expect([isFull(group), isFull({ ...group, maximum: 2 }), isFull({ ...group, maximum: null })]).toEqual([
      false,
      true,
      false,
    ])
  })

  it('takes the keys that the server takes', () => {
    expect(['c', 'C-1_x'].map((key) => keyFault(group, key))).toEqual([undefined, undefined])
    for (const wrong of ['', 'é', 'a b', 'x'.repeat(65)]) expect(keyFault(group, wrong)).toContain('sans accent')
    expect(keyFault(group, 'a')).toContain('existe déjà')
  })
})

describe('a tab of an instance', () => {
  it('is the tab of the form under the names of the instance', () => {
    const found = tabNamed(pack, [group], 'A1[a]')!
    const model = layOut(pack, found, [], new Set(['A1[a].L012', 'A1.L011']))
    expect([...model.places.keys()].slice(0, 2)).toEqual(['A1[a].L011.B', 'A1[a].L011.D'])
    expect(model.places.has('A1[a].L012.B')).toBe(false)
    expect(found.title).toContain('Enfant\u00a0a')
    const rows = layOut(pack, tabNamed(pack, [group], 'F01[a]')!, ['0001'])
    expect([...rows.places.keys()][0]).toBe('F01[a][0001].C01')
  })

  it('is there neither without its key nor for another', () => {
    for (const name of ['A1', 'A1[z]', 'G1[a]', 'Z9']) expect(tabNamed(pack, [group], name)).toBeUndefined()
    expect(tabNamed(pack, [group], 'G1')!.code).toBe('G1')
  })

  it('is told from a row by the name of a cell', () => {
    expect(told('A1.L011.B')).toEqual(['A1', undefined])
    expect(told('F01[0001].C07')).toEqual(['F01', '0001'])
    expect(told('A1[a].L011.B')).toEqual(['A1[a]', undefined])
    expect(told('F01[a][0001-xyz].C01')).toEqual(['F01[a]', '0001-xyz'])
  })

  it('says all that stands in it, of which what was typed is counted', () => {
    const fixed = {
      values: { 'L011.B': '1', 'L011.N': '2', 'L011.P': '3' },
      forced: { 'L011.P': { automatic: '2', reason: 'x' } },
      rows: [],
      editable: true,
    }
    const rows = { values: {}, forced: {}, rows: [{ key: '0001', values: { C01: 'x', C03: '4' } }], editable: true }
    expect(
      standingIn(
        [
          ['A1[a]', fixed],
          ['F01[a]', rows],
        ],
        pack,
      ),
    ).toEqual({
      was: {
        'A1[a].L011.B': '1',
        'A1[a].L011.N': '2',
        'A1[a].L011.P': '3',
        'F01[a][0001].C01': 'x',
        'F01[a][0001].C03': '4',
      },
      typed: 3,
    })
  })

  it('takes with it what was typed there and not kept', () => {
    const cells = new DossierCells(() => new Promise(() => undefined))
    cells.tab('A1[a]').type([{ id: 'A1[a].L011.B', value: '5' }])
    cells.tab('A1[b]').type([{ id: 'A1[b].L011.B', value: '6' }])
    cells.forget(['A1[a]', 'F01[a]'])
    expect(cells.drafts().map(({ id }) => id)).toEqual(['A1[b].L011.B'])
  })
})
