import { tabOf } from '../cells/model'
import type { ExchangeFieldsFragment, Nature } from '../gen/graphql'
import { plural } from '../text/numbers'

export type ExchangeData = ExchangeFieldsFragment
type Mark = ExchangeData['marks'][number]

/** One icon of a place (manual §9.2.1): its messages of one nature, drafts or published. */
export interface Talk {
  readonly nature: Nature
  readonly published: boolean
  readonly open: boolean
  readonly count: number
  readonly unread: number
}

/** The icons of a dossier, seen from it, from its tabs and from its cells. */
export interface Talks {
  readonly dossier: readonly Talk[]
  readonly tabs: ReadonlyMap<string, readonly Talk[]>
  readonly cells: ReadonlyMap<string, readonly Talk[]>
  /** By tab, its own and those of its cells, together. */
  readonly within: ReadonlyMap<string, readonly Talk[]>
}

export const NO_TALK: readonly Talk[] = []
export const NO_TALKS: Talks = { dossier: NO_TALK, tabs: new Map(), cells: new Map(), within: new Map() }

export function talksOf(marks: readonly Mark[] | undefined): Talks {
  if (!marks?.length) return NO_TALKS
  const tabs = new Map<string, readonly Talk[]>()
  const cells = new Map<string, readonly Talk[]>()
  const within = new Map<string, readonly Talk[]>()
  let dossier = NO_TALK
  for (const mark of marks) {
    if (mark.level === 'DOSSIER') dossier = joined(dossier, mark)
    else {
      const own = mark.level === 'TAB' ? tabs : cells
      own.set(mark.anchor, joined(own.get(mark.anchor), mark))
      const tab = mark.level === 'TAB' ? mark.anchor : tabOf(mark.anchor)
      within.set(tab, joined(within.get(tab), mark))
    }
  }
  return { dossier, tabs, cells, within }
}

/** Four icons a place at most: what is of one nature and as published is one icon, open if any of it is. */
function joined(known: readonly Talk[] = NO_TALK, { nature, published, open, count, unread }: Mark): readonly Talk[] {
  const isSame = (talk: Talk) => talk.nature === nature && talk.published === published
  const same = known.find(isSame)
  const all = [
    ...known.filter((talk) => !isSame(talk)),
    {
      nature,
      published,
      open: open || (same?.open ?? false),
      count: count + (same?.count ?? 0),
      unread: unread + (same?.unread ?? 0),
    },
  ]
  return all.toSorted((one, other) => rank(one) - rank(other))
}

function rank({ nature, published }: Talk): number {
  return (published ? 0 : 2) + (nature === 'QUESTION' ? 0 : 1)
}

/** The class that gives an icon its colour and its shape. */
export function classOf({ published, open, nature, unread }: Talk): string {
  const look = !published ? 'draft' : open ? nature.toLowerCase() : 'settled'
  return `talk talk-${look}${unread ? ' is-unread' : ''}`
}

/** What an icon shows: its nature, and a tick once all is settled. */
export function signOf({ nature, published, open }: Talk): string {
  return (nature === 'QUESTION' ? '?' : '…') + (published && !open ? '✓' : '')
}

/** The icons in words: « 1 question publiée dont 1 non lue, 2 commentaires non publiés ». */
export function say(talks: readonly Talk[]): string {
  return talks.map(sayOne).join('\u202f; ')
}

function sayOne({ nature, published, open, count, unread }: Talk): string {
  const isQuestion = nature === 'QUESTION'
  const many = count > 1 ? 's' : ''
  const mark = (isQuestion ? 'e' : '') + many
  const settled = published && !open ? `, échange${many} terminé${many}` : ''
  const news = unread ? `, dont ${unread}\u00a0non lu${isQuestion ? 'e' : ''}${unread > 1 ? 's' : ''}` : ''
  const state = published ? `publié${mark}` : `non publié${mark}`
  return `${plural(count, isQuestion ? 'question' : 'commentaire')} ${state}${settled}${news}`
}
