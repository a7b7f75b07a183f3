import { beforeEach, describe, expect, it } from 'vitest'
import { forgetDrafts, ownDrafts } from '../src/cells/keeping'
import { isKept } from '../src/exchange/keptText'
import { placeOf } from '../src/exchange/place'
import { type ExchangeData, NO_TALKS, classOf, say, signOf, talksOf } from '../src/exchange/talks'

type Mark = ExchangeData['marks'][number]

const mark = (anchor: string, given: Partial<Mark> = {}): Mark => ({
  __typename: 'Mark',
  level: anchor === '' ? 'DOSSIER' : anchor.includes('.') ? 'CELL' : 'TAB',
  anchor,
  nature: 'QUESTION',
  published: true,
  open: true,
  count: 1,
  unread: 0,
  ...given,
})

describe('the icons of a dossier', () => {
  it('are those of each place, and those of a tab with its cells together', () => {
    const talks = talksOf([
      mark(''),
      mark('A1', { nature: 'COMMENT' }),
      mark('A1.L011.B', { unread: 1 }),
      mark('A1.L012.B', { count: 2 }),
      mark('E1[a].L013.V'),
    ])
    expect(talks.dossier).toHaveLength(1)
    expect([...talks.cells.keys()]).toEqual(['A1.L011.B', 'A1.L012.B', 'E1[a].L013.V'])
    expect(talks.tabs.get('A1')!.map(({ nature }) => nature)).toEqual(['COMMENT'])
    expect(talks.within.get('A1')).toEqual([
      { nature: 'QUESTION', published: true, open: true, count: 3, unread: 1 },
      { nature: 'COMMENT', published: true, open: true, count: 1, unread: 0 },
    ])
    expect(talks.within.get('E1[a]')).toHaveLength(1)
  })

  it('are four a place at most, what is published first', () => {
    const marks = (['COMMENT', 'QUESTION'] as const).flatMap((nature) =>
      [false, true].flatMap((published) => [true, false].map((open) => mark('A1', { nature, published, open }))),
    )
    const icons = talksOf(marks).tabs.get('A1')!
    expect(icons.map(signOf)).toEqual(['?', '…', '?', '…'])
    expect(icons.map(classOf)).toEqual([
      'talk talk-question',
      'talk talk-comment',
      'talk talk-draft',
      'talk talk-draft',
    ])
  })

  it('stay once all is settled, green and ticked', () => {
    const [icon] = talksOf([mark('A1', { open: false })]).tabs.get('A1')!
    expect([signOf(icon!), classOf(icon!)]).toEqual(['?✓', 'talk talk-settled'])
  })

  it('are the same nothing for whoever reads nothing', () => {
    expect(talksOf(undefined)).toBe(NO_TALKS)
    expect(talksOf([])).toBe(NO_TALKS)
  })

  it('are said in words', () => {
    const icons = talksOf([
      mark('A1', { count: 2, unread: 1 }),
      mark('A1', { nature: 'COMMENT', published: false }),
    ]).tabs.get('A1')!
    expect(say(icons)).toBe('2\u00a0questions publiées, dont 1\u00a0non lue\u202f; 1\u00a0commentaire non publié')
    expect(say(talksOf([mark('A1', { nature: 'COMMENT', open: false })]).tabs.get('A1')!)).toBe(
      '1\u00a0commentaire publié, échange terminé',
    )
  })
})

describe('a place', () => {
  it('is a cell of its tab, a tab, or the dossier', () => {
    expect(placeOf('d', { level: 'CELL', anchor: 'E1[a].L013.V' })).toBe('/dossiers/d/E1[a]#E1%5Ba%5D.L013.V')
    expect(placeOf('d', { level: 'TAB', anchor: 'A1' })).toBe('/dossiers/d/A1')
    expect(placeOf('d', { level: 'DOSSIER', anchor: '' })).toBe('/dossiers/d')
  })
})

describe('a message being written', () => {
  beforeEach(() => window.sessionStorage.clear())

  it('is kept for its author alone', () => {
    ownDrafts('anne')
    window.sessionStorage.setItem('harmonia.drafts.message.d.new', 'Bonjour')
    window.sessionStorage.setItem('harmonia.drafts.message.d.reply.t', '  ')
    expect([isKept('d', 'new'), isKept('d', 'reply.t'), isKept('e', 'new')]).toEqual([true, false, false])
    ownDrafts('anne')
    expect(isKept('d', 'new')).toBe(true)
    ownDrafts('luc')
    expect(isKept('d', 'new')).toBe(false)
    forgetDrafts()
  })
})
