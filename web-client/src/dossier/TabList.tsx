import { useEffect, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import { SEVERITIES } from '../cells/describe'
import type { Severity } from '../gen/graphql'
import type { Pack } from '../pack/pack'
import { fold } from '../text/fold'
import { plural } from '../text/numbers'
import { typeset } from '../text/typeset'
import { TextField } from '../ui/Field'
import { Segmented } from '../ui/Segmented'
import { GROUPINGS, type Grouping } from './grouping'
import type { Marks } from './marks'
import type { DossierData } from './useDossier'

interface Props {
  readonly dossier: DossierData
  readonly current: string
  readonly byTab: Marks['byTab']
  readonly selections: Pack['selections']
  /** Tabs without object, after what the organism answered. */
  readonly hidden: ReadonlySet<string>
}

interface Group {
  readonly title: string
  readonly tabs: readonly { readonly code: string; readonly title: string }[]
}

/** Every tab of the dossier, by part or by trade, found by a word of its title or by its code. */
export function TabList({ dossier, current, byTab, selections, hidden }: Props) {
  const [sought, setSought] = useState('')
  const [by, setBy] = useState<Grouping>('part')
  const list = useRef<HTMLDivElement>(null)
  const groups = useMemo(
    () => (by === 'part' ? partsOf(dossier) : tradesOf(dossier, selections)),
    [by, dossier, selections],
  )
  const shown = useMemo(() => narrow(groups, sought, hidden), [groups, sought, hidden])
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
        {shown.map(({ title, tabs }) => (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            <ul>
              {tabs.map(({ code, title: name }) => (
                <li key={code}>
                  <Link
                    href={`/dossiers/${dossier.id}/${code}`}
                    className="tab-link"
                    aria-current={code === current ? 'page' : undefined}
                  >
                    <span className="tab-link-code">{code}</span>
                    <span className="tab-link-title">{typeset(name)}</span>
                    <AnomalyCount mark={byTab.get(code)} />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {shown.length === 0 && <p className="tab-empty">Aucun onglet ne correspond.</p>}
      </div>
    </nav>
  )
}

function AnomalyCount({ mark }: { mark: { count: number; worst: Severity } | undefined }) {
  if (!mark) return null
  return (
    <span className={`severity-count severity-${mark.worst.toLowerCase()}`}>
      {mark.count}
      <span className="visually-hidden">
        {' '}
        {plural(mark.count, 'anomalie').slice(String(mark.count).length)}, la plus grave {SEVERITIES[mark.worst].label}
      </span>
    </span>
  )
}

function partsOf(dossier: DossierData): Group[] {
  return dossier.parts.map(({ code, title, tabs }) => ({ title: `${code} – ${title}`, tabs }))
}

function tradesOf(dossier: DossierData, selections: Pack['selections']): Group[] {
  const titles = new Map(dossier.parts.flatMap(({ tabs }) => tabs.map((tab) => [tab.code, tab] as const)))
  return selections.map(({ title, tabs }) => ({ title, tabs: tabs.flatMap((code) => titles.get(code) ?? []) }))
}

function narrow(groups: readonly Group[], sought: string, hidden: ReadonlySet<string>): Group[] {
  const words = fold(sought).split(/\s+/).filter(Boolean)
  const matches = ({ code, title }: { code: string; title: string }) =>
    !hidden.has(code) && words.every((word) => fold(`${code} ${title}`).includes(word))
  return groups.map(({ title, tabs }) => ({ title, tabs: tabs.filter(matches) })).filter(({ tabs }) => tabs.length > 0)
}
