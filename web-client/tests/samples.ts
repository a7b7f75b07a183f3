import { layOut } from '../src/cells/gridModel'
import type { TabContent } from '../src/cells/tabStore'
import { readPack } from '../src/pack/readPack'

const cell = (id: string, kind: string, unit = 'eur', only: string[] | null = null) => {
  const [tab, line, column] = id.split('.')
  return [id, { is: 'Cell', id, tab, line, column, kind, unit, only, formula: null }]
}

const line = (code: string, label: string, isTitle = false, kinds: string[] | null = null) => {
  return { is: 'Line', code, accounts: '', label, is_title: isTitle, kinds }
}

const column = (code: string, kind: string, unit = 'eur') => ({
  is: 'Column',
  code,
  label: code,
  kind,
  unit,
  formula: null,
})

/** A pack of two tabs in the published form: a title, two lines, a total; a dynamic tab. */
export const packFile = {
  format: 1,
  key: 'ER/2024/1',
  title: 'États réglementaires',
  form_label: 'ER',
  tabs: {
    A1: {
      code: 'A1',
      part: '01',
      title: 'Bilan N-1',
      statement: '',
      unit: 'eur',
      nature: 'fixed',
      columns: [column('B', 'S'), column('D', 'S'), column('N', 'C'), column('P', 'F')],
      lines: [
        line('L010', 'Titre', true),
        line('L011', 'Un'),
        line('L012', 'Deux'),
        line('L013', 'Offices', false, ['OPH']),
        line('L019', 'Total'),
      ],
    },
    F01: {
      code: 'F01',
      part: '02',
      title: 'Opérations',
      statement: '',
      unit: 'eur',
      nature: 'dynamic',
      columns: [column('C01', 'S', 'code'), column('C02', 'S', 'liste:dpe'), column('C03', 'C')],
      lines: [],
    },
  },
  cells: Object.fromEntries([
    cell('A1.L011.B', 'T'),
    cell('A1.L011.D', 'S'),
    cell('A1.L011.N', 'C'),
    cell('A1.L011.P', 'F'),
    cell('A1.L012.B', 'S'),
    cell('A1.L012.N', 'C'),
    cell('A1.L012.P', 'F'),
    cell('A1.L013.B', 'S', 'eur', ['OPH']),
    cell('A1.L019.B', 'C'),
    cell('A1.L019.N', 'C'),
  ]),
  lists: { dpe: ['A', 'B'] },
  selections: [{ title: 'Comptes', tabs: ['A1'] }],
}

export const pack = readPack(packFile, 'OPH')
export const model = layOut(pack, pack.tabs.get('A1')!, [])

export const content: TabContent = {
  values: { 'L011.B': '10', 'L011.N': '10', 'L011.P': '7' },
  forced: {},
  rows: [],
  editable: true,
}
