import { describe, expect, it } from 'vitest'
import {
  type Convention,
  codesIn,
  draftOf,
  faultsOf,
  inputOf,
  newArticle,
  nextNumber,
  saidAt,
} from '../src/conventions/model'

const PARTNER = { __typename: 'Party' as const, id: '1', key: 'partner:CDC', name: 'Caisse des dépôts' }
const NAMED = { __typename: 'Choice' as const, key: 'org:272187584', name: 'Office' }

const CONVENTION = {
  partner: PARTNER,
  title: 'Convention',
  purpose: 'Objet',
  since: '2026-01-01',
  until: '2031-12-31',
  articles: [
    {
      number: '2',
      text: 'Texte',
      forms: ['ER', 'SEM'],
      consent: true,
      forbids: false,
      groups: [{ key: 'category:OPH', label: 'Offices' }],
      included: [NAMED],
      excluded: [],
      grants: [
        { right: 'dossier:read', label: 'Lecture', steps: [4, 5, 6] },
        { right: 'export:run', label: 'Export', steps: [6] },
      ],
      tabs: [{ form: 'ER', tabs: ['A1', 'F01'] }],
    },
  ],
} as unknown as Convention

describe('a convention while it is written', () => {
  it('is sent back as it was read', () => {
    expect(inputOf(draftOf(CONVENTION), 'MIN')).toEqual({
      platform: 'MIN',
      partner: 'partner:CDC',
      title: 'Convention',
      purpose: 'Objet',
      since: '2026-01-01',
      until: '2031-12-31',
      articles: [
        {
          number: '2',
          text: 'Texte',
          forms: ['ER', 'SEM'],
          consent: true,
          forbids: false,
          groups: ['category:OPH'],
          included: ['org:272187584'],
          excluded: [],
          grants: [
            { right: 'dossier:read', steps: [4, 5, 6] },
            { right: 'export:run', steps: [6] },
          ],
          tabs: [{ form: 'ER', tabs: ['A1', 'F01'] }],
        },
      ],
    })
  })

  it('sends no tabs of a form taken out, and nothing that limits a prohibition', () => {
    const draft = draftOf(CONVENTION)
    const article = { ...draft.articles[0]!, forms: ['SEM'], excluded: [NAMED] }
    const sent = (change: object) => inputOf({ ...draft, articles: [{ ...article, ...change }] }, 'MIN').articles[0]
    expect(sent({})).toMatchObject({ tabs: [], consent: true, excluded: [NAMED.key] })
    expect(sent({ forms: ['ER'], forbids: true })).toMatchObject({ tabs: [], consent: false, excluded: [] })
  })

  it('numbers the next article, and reads tabs as they are typed', () => {
    expect(draftOf(undefined).articles.map(({ number }) => number)).toEqual(['1'])
    expect(nextNumber([newArticle('2'), newArticle('7-1'), newArticle('9')])).toBe('10')
    expect(nextNumber([newArticle('I')])).toBe('1')
    expect(codesIn(' a1, F01;b2 ')).toEqual(['A1', 'F01', 'B2'])
  })

  it('leads each fault to its field', () => {
    const faults = [
      { path: ['convention', 'title'], message: 'Titre.' },
      { path: ['convention', 'articles', '1', 'tabs', '0'], message: 'Onglet.' },
      { path: ['convention', 'articles', '1', 'excluded', '3'], message: 'Organisme.' },
      { path: ['convention', 'articles', '1', 'groups'], message: 'Groupe.' },
    ]
    const found = faultsOf({ code: 'X', message: 'x', details: { faults } })
    expect(found.map(({ name }) => name)).toEqual([
      'title',
      'articles.1.tabs',
      'articles.1.groups',
      'articles.1.groups',
    ])
    expect(saidAt(found, 'articles.1.groups')).toBe('Organisme. Groupe.')
    expect(saidAt(found, 'articles.0.groups')).toBeUndefined()
    expect(faultsOf({ code: 'CONVENTION_STALE', message: 'x', details: {} })).toEqual([])
  })
})
