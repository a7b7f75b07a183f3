import { Suspense, lazy, useEffect, useMemo, useRef, useState } from 'react'
import { TextField } from '../ui/Field'
import { Segmented } from '../ui/Segmented'
import type { Pack } from '../pack/pack'
import { type Place, TabLink } from './TabLink'
import { GROUPINGS, type Grouping } from './grouping'
import type { TabGroup } from './groups/instances'
import { narrow, partsOf, tradesOf } from './listing'
import type { DossierData } from './useDossier'

const GroupEntry = lazy(() => import('./groups/GroupEntry').then((module) => ({ default: module.GroupEntry })))

interface Props extends Omit<Place, 'dossier'> {
  readonly dossier: DossierData
  readonly selections: Pack['selections']
  /** Tabs without object, after what the organism answered. */
  readonly hidden: ReadonlySet<string>
  readonly onAdd: (group: TabGroup) => void
  readonly onRemove: (group: TabGroup, key: string) => void
}

/** Every tab of the dossier, by part or by trade, found by a word of its title or by its code. */
export function TabList({ dossier, current, byTab, talks, selections, hidden, onAdd, onRemove }: Props) {
  const [sought, setSought] = useState('')
  const [by, setBy] = useState<Grouping>('part')
  const list = useRef<HTMLDivElement>(null)
  const sections = useMemo(
    () => (by === 'part' ? partsOf(dossier) : tradesOf(dossier, selections)),
    [by, dossier, selections],
  )
  const shown = useMemo(() => narrow(sections, sought, hidden), [sections, sought, hidden])
  const place = { dossier: dossier.id, current, byTab, talks }
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' })
  }, [current])
  return (
    <nav className="tab-list" aria-label="Onglets du dossier">
      <div className="tab-list-search">
        <TextField
          label="Chercher un onglet"
          icon="search"
          type="search"
          placeholder="Titre ou code d’onglet"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <Segmented label="Regrouper les onglets" options={GROUPINGS} value={by} onChange={setBy} />
      </div>
      <div className="tab-list-groups" ref={list}>
        {shown.map(({ title, entries }) => (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <ul>
              {entries.map((entry) =>
                entry.kind === 'tab' ? (
                  <TabLink key={entry.tab.code} {...place} {...entry.tab} />
                ) : (
                  <li key={entry.group.code}>
                    <Suspense>
                      <GroupEntry
                        {...{ ...entry, place, onAdd, onRemove }}
                        isEditable={dossier.rights.includes('dossier:write')}
                      />
                    </Suspense>
                  </li>
                ),
              )}
            </ul>
          </section>
        ))}
        {shown.length === 0 && <p className="tab-empty">Aucun onglet ne correspond.</p>}
      </div>
    </nav>
  )
}
