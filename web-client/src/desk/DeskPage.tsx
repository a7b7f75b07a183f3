import { type ReactNode, useMemo, useState } from 'react'
import { useQuery } from 'urql'
import { Link, Route, Switch, useLocation } from 'wouter'
import { DeskDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { Badge } from '../ui/Badge'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { CsvSection } from './CsvSection'
import { type Desk, DeskContext, type Draft, NOTHING, isEmpty } from './desk'
import { FindingsSection } from './FindingsSection'
import { HistorySection } from './HistorySection'
import { OverviewSection } from './OverviewSection'
import { ProfilesSection } from './ProfilesSection'
import { RulesSection } from './RulesSection'
import { TestsSection } from './TestsSection'
import { WhoSection } from './WhoSection'
import { WhySection } from './WhySection'
import '../ui/table.css'
import './desk.css'

const SECTIONS = [
  ['/droits', 'Vue d’ensemble'],
  ['/droits/pourquoi', 'Pourquoi ?'],
  ['/droits/qui', 'Qui voit quoi ?'],
  ['/droits/regles', 'Règles'],
  ['/droits/profils', 'Profils'],
  ['/droits/controle', 'Contrôle'],
  ['/droits/essais', 'Essais'],
  ['/droits/historique', 'Historique'],
  ['/droits/csv', 'CSV'],
] as const

/** The desk of those who edit the rules of a platform: why, who, what if, history. */
export function DeskPage() {
  usePageTitle('Droits')
  const { viewer } = useSession()
  const platform = viewer?.organization.key.split(':')[1] ?? ''
  const [{ data, error }, ask] = useQuery({ query: DeskDocument, variables: { platform } })
  const [draft, setDraft] = useState<Draft>(NOTHING)
  const problem = problemOf(error)
  const desk = useMemo<Desk | undefined>(() => {
    if (!data) return undefined
    const { version, secondSignature, profiles } = data.policyDesk
    return {
      platform,
      version,
      secondSignature,
      functions: new Map(profiles.flatMap(({ rows }) => rows.map(({ right, label }) => [right, label] as const))),
      draft,
      setDraft,
      refresh: () => ask({ requestPolicy: 'network-only' }),
    }
  }, [data, platform, draft, ask])
  if (!desk) {
    return (
      <div className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Ouverture du bureau des droits…" />}
      </div>
    )
  }
  return (
    <DeskContext value={desk}>
      <div className="desk">
        <Header desk={desk} />
        {/* A section keeps what it shows until the policy moves: then everything is asked again. */}
        <div className="desk-content" key={desk.version}>
          <Sections />
        </div>
      </div>
    </DeskContext>
  )
}

function Header({ desk: { version, secondSignature, draft } }: { desk: Desk }) {
  const { viewer } = useSession()
  return (
    <header className="desk-header">
      <div className="desk-bar">
        <h1>Droits</h1>
        <span className="row">
          <Badge>{viewer?.organization.name}</Badge>
          <Badge icon="clock">version {version}</Badge>
          {secondSignature && <Badge icon="lock">seconde signature</Badge>}
          {!isEmpty(draft) && (
            <Badge tone="warn" icon="alert">
              modification en cours
            </Badge>
          )}
        </span>
      </div>
      <nav className="desk-nav" aria-label="Bureau des droits">
        {SECTIONS.map(([href, label]) => (
          <SectionLink key={href} href={href}>
            {label}
          </SectionLink>
        ))}
      </nav>
    </header>
  )
}

function SectionLink({ href, children }: { href: string; children: ReactNode }) {
  const [location] = useLocation()
  return (
    <Link href={href} aria-current={location === href ? 'page' : undefined}>
      {children}
    </Link>
  )
}

function Sections() {
  return (
    <Switch>
      <Route path="/droits" component={OverviewSection} />
      <Route path="/droits/pourquoi" component={WhySection} />
      <Route path="/droits/qui" component={WhoSection} />
      <Route path="/droits/regles" component={RulesSection} />
      <Route path="/droits/profils" component={ProfilesSection} />
      <Route path="/droits/controle" component={FindingsSection} />
      <Route path="/droits/essais" component={TestsSection} />
      <Route path="/droits/historique" component={HistorySection} />
      <Route path="/droits/csv" component={CsvSection} />
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  )
}
