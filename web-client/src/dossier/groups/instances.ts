import { splitKey, withKey } from '../../formula/address'
import type { Pack, PackTab } from '../../pack/pack'
import type { DossierData } from '../useDossier'

export type TabGroup = Omit<DossierData['groups'][number], '__typename'>
type TabTitle = Omit<DossierData['parts'][number]['tabs'][number], '__typename'>

interface Part {
  readonly code: string
  readonly title: string
  readonly tabs: readonly TabTitle[]
}

/** The tabs of a dossier, each once, and the groups that some of them are of. */
export interface Listed {
  readonly parts: readonly Part[]
  readonly groups: readonly TabGroup[]
}

export interface Instance {
  readonly key: string
  readonly tabs: readonly TabTitle[]
}

/** A line of the list of tabs: a tab, or a group with its instances where its first tab stands. */
export type Entry =
  | { readonly kind: 'tab'; readonly tab: TabTitle }
  | { readonly kind: 'group'; readonly group: TabGroup; readonly instances: readonly Instance[] }

export function entriesOf(tabs: readonly TabTitle[], groups: readonly TabGroup[]): Entry[] {
  const met = new Set<string>()
  return tabs.flatMap((tab): Entry[] => {
    const group = groups.find(({ code }) => code === tab.group)
    if (!group) return [{ kind: 'tab', tab }]
    if (met.has(group.code)) return []
    met.add(group.code)
    const own = tabs.filter((each) => each.group === group.code)
    const instances = group.keys.map((key) => ({ key, tabs: own.map((each) => openedBy(each, key)) }))
    return [{ kind: 'group', group, instances }]
  })
}

/** The parts with the tabs that open: those of a group once for each instance, instance after instance. */
export function openParts({ parts, groups }: Listed): Part[] {
  return parts.map((part) => ({
    ...part,
    tabs: entriesOf(part.tabs, groups).flatMap((entry) =>
      entry.kind === 'tab'
        ? [entry.tab]
        : entry.instances.flatMap(({ key, tabs }) =>
            tabs.map((tab) => ({ ...tab, title: titleIn(tab.title, entry.group, key) })),
          ),
    ),
  }))
}

/** The tab of that name, `A1` or `E1[a]`; undefined if it or its instance is not there. */
export function tabNamed(pack: Pack, groups: readonly TabGroup[], name: string): PackTab | undefined {
  const [plain, key] = splitKey(name)
  const tab = pack.tabs.get(plain)
  if (!tab?.group) return key ? undefined : tab
  const group = groups.find(({ code }) => code === tab.group)
  return group?.keys.includes(key) ? inInstance(tab, group, key) : undefined
}

/** `Enfant a`, as the reader of a sentence meets it. */
export function instanceName({ title }: TabGroup, key: string): string {
  return `${title}\u00a0${key}`
}

/** How many instances the form wants, in words; empty where any number does. */
export function boundsSentence({ minimum, maximum }: Pick<TabGroup, 'minimum' | 'maximum'>): string {
  if (maximum === null || maximum === undefined) return minimum > 0 ? `${minimum} au moins` : ''
  if (minimum === maximum) return `${minimum} exactement`
  return minimum > 0 ? `de ${minimum} à ${maximum}` : `${maximum} au plus`
}

export function isFull({ maximum, keys }: TabGroup): boolean {
  return maximum !== null && maximum !== undefined && keys.length >= maximum
}

/** A key that the server would take (resolvers/edits.py), not taken yet; else why it is none. */
export function keyFault({ keys, keyLabel }: TabGroup, key: string): string | undefined {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(key))
    return 'Des lettres sans accent, des chiffres, «\u00a0-\u00a0» ou «\u00a0_\u00a0» seulement, 64 au plus.'
  return keys.includes(key) ? `${keyLabel}\u00a0: «\u00a0${key}\u00a0» existe déjà.` : undefined
}

function openedBy(tab: TabTitle, key: string): TabTitle {
  return { ...tab, code: withKey(tab.code, key) }
}

function titleIn(title: string, group: TabGroup, key: string): string {
  return `${title} – ${instanceName(group, key)}`
}

function inInstance(tab: PackTab, group: TabGroup, key: string): PackTab {
  const lines = tab.lines.map((line) => ({
    ...line,
    cells: new Map([...line.cells].map(([column, cell]) => [column, { ...cell, id: withKey(cell.id, key) }] as const)),
  }))
  return { ...tab, code: withKey(tab.code, key), title: titleIn(tab.title, group, key), lines }
}
