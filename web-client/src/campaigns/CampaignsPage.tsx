import { type ReactNode, useState } from 'react'
import { useQuery } from 'urql'
import { Link, useLocation, useSearch } from 'wouter'
import { CampaignsDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { goOnceAsked } from '../shell/LeaveGuard'
import { usePageTitle } from '../shell/usePageTitle'
import { formatCount } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { type Campaign, placeOf } from './campaign'
import { DeadlinesSection } from './DeadlinesSection'
import { DossiersSection } from './DossiersSection'
import { HandBacksSection } from './HandBacksSection'
import { ReportsSection } from './ReportsSection'
import { TransmittedSection } from './TransmittedSection'
import '../ui/table.css'
import './campaigns.css'

const SECTIONS = {
  '': 'Dossiers',
  echeances: 'Derniers jours',
  remises: 'Remis à l’organisme',
  transmis: 'Transmis',
  changements: 'Changements en nombre',
} as const

/** The desk of those who conduct the collection of a form: one campaign at a time. */
export function CampaignsPage({ section = '' }: { section?: string }) {
  usePageTitle('Campagnes')
  const [{ data, error }, ask] = useQuery({ query: CampaignsDocument, requestPolicy: 'cache-and-network' })
  const asked = new URLSearchParams(useSearch()).get('campagne')
  const [location, navigate] = useLocation()
  const [turn, setTurn] = useState(0)
  const chosen = data?.campaigns.find(({ id }) => id === asked) ?? data?.campaigns[0]
  const refresh = () => {
    ask({ requestPolicy: 'network-only' })
    setTurn(turn + 1)
  }
  return (
    <div className="page campaigns">
      <header className="campaigns-bar">
        <h1>Campagnes</h1>
        {chosen && data && (
          <SelectField
            label="Campagne"
            value={chosen.id}
            onChange={({ target }) => goOnceAsked(`${location}?campagne=${target.value}`, navigate)}
          >
            {data.campaigns.map(({ id, form, year, platform }) => (
              <option key={id} value={id}>
                {form} {year} ({platform.code})
              </option>
            ))}
          </SelectField>
        )}
      </header>
      <ProblemAlert problem={problemOf(error)} />
      {!data && !error && <Loading label="Lecture des campagnes…" />}
      {data && !chosen && <p>Vous ne conduisez aucune campagne.</p>}
      {chosen && (
        <>
          <Overview campaign={chosen} />
          <nav className="section-nav" aria-label="Campagne">
            {Object.entries(SECTIONS).map(([path, label]) => (
              <Link
                key={path}
                href={`/campagnes${path && `/${path}`}?campagne=${chosen.id}`}
                aria-current={path === section ? 'page' : undefined}
              >
                {label}
              </Link>
            ))}
          </nav>
          <Section key={`${chosen.id} ${section}`} {...{ section, campaign: chosen, refresh }} />
        </>
      )}
    </div>
  )
}

interface SectionProps {
  readonly section: string
  readonly campaign: Campaign
  readonly refresh: () => void
}

function Section({ section, campaign, refresh }: SectionProps): ReactNode {
  if (section === 'echeances') return <DeadlinesSection campaign={campaign} onSaved={refresh} />
  if (section === 'remises') return <HandBacksSection campaign={campaign} />
  if (section === 'transmis') return <TransmittedSection place={placeOf(campaign)} />
  if (section === 'changements') return <ReportsSection />
  return <DossiersSection campaign={campaign} onChanged={refresh} />
}

/** How many dossiers stand at each step, and how many of them are late. */
function Overview({ campaign: { steps, form, year } }: { campaign: Campaign }) {
  return (
    <Scroller className="campaigns-steps" label={`Dossiers de ${form} ${year} par étape`}>
      <ol>
        {steps.map(({ step, label, total, late }, number) => (
          <li key={step} data-step={number}>
            <span className="campaigns-count">{formatCount(total)}</span>
            <span>{label}</span>
            {late > 0 && <Badge tone="bad">{formatCount(late)} en retard</Badge>}
          </li>
        ))}
      </ol>
    </Scroller>
  )
}
