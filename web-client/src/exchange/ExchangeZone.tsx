import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Link } from 'wouter'
import type { TabStore } from '../cells/tabStore'
import type { Level } from '../gen/graphql'
import type { PackTab } from '../pack/pack'
import { IconButton } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Segmented } from '../ui/Segmented'
import { Composer, type Target } from './Composer'
import { PublishAll } from './PublishAll'
import { ThreadList } from './ThreadList'
import type { Talk } from './talks'
import type { Exchange } from './useExchange'
import type { Asked } from './useThreads'
import type { Zone } from './useZone'
import { LEVELS } from './words'
import './exchange.css'

export interface ZoneProps {
  readonly dossier: string
  readonly exchange: Exchange
  readonly zone: Zone
  /** The tab on screen, and its cells. */
  readonly tab: PackTab
  readonly store: TabStore
}

/** What is said of a dossier, beside it; over it where there is no room beside (manual §9.2). */
export function ExchangeZone(props: ZoneProps) {
  const { isDrawer, hide } = props.zone
  if (isDrawer) {
    return (
      <Dialog title="Zone d’échanges" size="drawer" onClose={hide}>
        <Content {...props} />
      </Dialog>
    )
  }
  return (
    <aside className="exchange-zone" aria-labelledby="exchange-zone">
      <header className="row exchange-zone-head">
        <h2 id="exchange-zone">Zone d’échanges</h2>
        <IconButton icon="close" label="Masquer la zone d’échanges (Maj + F2)" onClick={hide} />
      </header>
      <Content {...props} />
    </aside>
  )
}

function Content({ dossier, exchange: { data, talks }, zone, tab, store }: ZoneProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const head = useRef<HTMLHeadingElement>(null)
  const { level, wish } = zone
  // Asked for before all was read, it still takes the focus.
  const isRead = data !== undefined
  useEffect(() => {
    if (wish?.to === 'write' && field.current) field.current.focus()
    else if (wish) {
      head.current?.focus()
      // The focus alone would leave what is said under the lower edge.
      head.current?.scrollIntoView({ block: 'start' })
    }
  }, [wish, isRead])
  const cell = useSyncExternalStore(store.changes.subscribe, () => store.activeId)
  if (!data) return null
  const places: Readonly<Record<Level, Spot>> = {
    DOSSIER: { name: 'Dossier entier', talks: talks.dossier, asked: { level: 'DOSSIER' } },
    // With its cells: an anchor of no level is a place and all that is in it.
    TAB: {
      name: `Tableau ${tab.code} et ses cellules`,
      talks: talks.within.get(tab.code),
      asked: { anchor: tab.code },
    },
    CELL: {
      name: cell ? `Cellule ${cell}` : 'Choisissez une cellule',
      talks: talks.cells.get(cell ?? ''),
      asked: { level: 'CELL', anchor: cell },
    },
  }
  const spot = places[level]
  return (
    <div className="stack">
      {data.canWrite && (
        <Composer
          dossier={dossier}
          data={data}
          field={field}
          onAdded={(target) => zone.look(target.level)}
          targets={targetsOf(tab, cell)}
        />
      )}
      {data.canWrite && <PublishAll dossier={dossier} count={data.unpublished.messages} heading={head} />}
      <section aria-label="Échanges" className="stack exchange-said">
        <Segmented label="Échanges de" options={LEVELS} value={level} onChange={zone.look} />
        <h3 ref={head} tabIndex={-1}>
          {spot.name}
        </h3>
        {spot.talks?.length ? (
          <ThreadList
            key={`${level} ${spot.asked.anchor}`}
            dossier={dossier}
            asked={spot.asked}
            canWrite={data.canWrite}
            heading={head}
            empty="Aucun échange ici."
          />
        ) : (
          <p className="muted">Aucun échange ici.</p>
        )}
      </section>
      <p>
        <Link href={`/dossiers/${dossier}/echanges`}>Tous les échanges du dossier</Link>
      </p>
    </div>
  )
}

interface Spot {
  readonly name: string
  readonly talks: readonly Talk[] | undefined
  readonly asked: Asked
}

function targetsOf(tab: PackTab, cell: string | undefined): readonly Target[] {
  return [
    { level: 'DOSSIER', anchor: '', name: 'Dossier' },
    { level: 'TAB', anchor: tab.code, name: `Tableau ${tab.code}` },
    { level: 'CELL', anchor: cell ?? '', name: cell ? `Cellule ${cell}` : 'Cellule' },
  ]
}
