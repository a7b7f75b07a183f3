import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { Link, Route, Switch, useLocation } from 'wouter'
import { DeskDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useSession } from '../session/session'
import { LeaveGuard } from '../shell/LeaveGuard'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { CsvSection } from './CsvSection'
import { type Desk, DeskContext, type Draft, NOTHING, type Ticks, isEmpty } from './desk'
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
  ['/droits/pourquoi', 'Pourquoi ?'],
  ['/droits/qui', 'Qui voit quoi ?'],
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
  const [ticks, setTicks] = useState<Ticks>(new Map())
  const [told, setTold] = useState({ times: 0, sentence: '' })
  const problem = problemOf(error)
  const refresh = useCallback(
    (sentence = '') => {
      setTold(({ times }) => ({ times: times + 1, sentence }))
      ask({ requestPolicy: 'network-only' })
    },
    [ask],
  )
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
      ticks,
      setTicks: (profile, ticked) => setTicks((known) => withTicks(known, profile, ticked)),
      refresh,
    }
  }, [data, platform, draft, ticks, refresh])
  if (!desk) {
    return (
      <div className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Ouverture du bureau des droits…" />}
      </div>
    )
  }
  return (
    <DeskContext value={desk}>
      <LeaveGuard count={draft.add.length + draft.close.length + ticks.size} within="/droits" />
      <div className="page desk">
        <Header desk={desk} />
        <Told key={told.times} sentence={told.sentence} onClose={() => setTold({ ...told, sentence: '' })} />
        {/* A section keeps what it shows until the policy moves: then everything is asked again. */}
        <div className="desk-content" key={`${desk.version} ${told.times}`}>
          <Sections />
        </div>
      </div>
    </DeskContext>
  )
}

function withTicks(known: Ticks, profile: string, ticked: ReadonlySet<string> | undefined): Ticks {
  const next = new Map(known)
  if (ticked) next.set(profile, ticked)
  else next.delete(profile)
  return next
}

/** What has just been done; it takes the focus, since what was clicked is gone. */
function Told({ sentence, onClose }: { sentence: string; onClose: () => void }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (sentence) box.current?.focus()
  }, [sentence])
  if (!sentence) return null
  return (
    <div ref={box} tabIndex={-1} className="desk-told">
      <Alert tone="good" onClose={onClose}>
        <p>{sentence}</p>
      </Alert>
    </div>
  )
}

function Header({ desk: { version, secondSignature, draft, ticks } }: { desk: Desk }) {
  const { viewer } = useSession()
  return (
    <header className="desk-header">
      <div className="desk-bar">
        <h1>Droits</h1>
        <span className="row">
          <Badge>{viewer?.organization.name}</Badge>
          <Badge icon="clock">version {version}</Badge>
          {secondSignature && <Badge icon="lock">seconde signature</Badge>}
          {!isEmpty(draft) && <UnderWay href="/droits/regles">modification en cours</UnderWay>}
          {ticks.size > 0 && <UnderWay href="/droits/profils">profil modifié</UnderWay>}
        </span>
      </div>
      <nav className="section-nav" aria-label="Bureau des droits">
        {SECTIONS.map(([href, label]) => (
          <SectionLink key={href} href={href}>
            {label}
          </SectionLink>
        ))}
      </nav>
    </header>
  )
}

function UnderWay({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="desk-under-way">
      <Badge tone="warn" icon="pencil">
        {children}
      </Badge>
    </Link>
  )
}

function SectionLink({ href, children }: { href: string; children: ReactNode }) {
  const [location] = useLocation()
  const link = useRef<HTMLAnchorElement>(null)
  const isHere = location === href
  // On a narrow screen the others push it out of sight.
  useEffect(() => {
    if (isHere) link.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [isHere])
  return (
    <Link ref={link} href={href} aria-current={isHere ? 'page' : undefined}>
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
