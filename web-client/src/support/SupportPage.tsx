import { useQuery } from 'urql'
import { AssistanceDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { usePageTitle } from '../shell/usePageTitle'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { AnnouncementsSection } from './AnnouncementsSection'
import { ManualSection } from './ManualSection'
import { QuestionSection } from './QuestionSection'
import { SupervisionSection } from './SupervisionSection'
import { TrailsSection } from './TrailsSection'
import './support.css'

/** Help: the manual, a question to the hotline, one's screens shown to it; and, for the hotline, its side. */
export function SupportPage() {
  usePageTitle('Assistance')
  const [{ data, error }, refresh] = useQuery({ query: AssistanceDocument, requestPolicy: 'cache-and-network' })
  const own = data?.hotlines.filter(({ answers }) => answers) ?? []
  return (
    <div className="page support-page">
      <header>
        <h1>Assistance</h1>
        <p className="muted">Le manuel, une question à poser, et de quoi aider ceux qui vous aident.</p>
      </header>
      <ProblemAlert problem={problemOf(error)} />
      {!data && !error && <Loading label="Ouverture de l’assistance…" />}
      {data && (
        <>
          <div className="support-columns">
            <QuestionSection hotlines={data.hotlines} account={data.viewer.account} />
            <div className="support-aside">
              <ManualSection />
              <SupervisionSection
                hotlines={data.hotlines}
                trail={data.supervision}
                onSwitched={() => refresh({ requestPolicy: 'network-only' })}
              />
            </div>
          </div>
          {own.map((platform) => (
            <div key={platform.code} className="support-staff">
              <AnnouncementsSection platform={platform} />
              <TrailsSection platform={platform} />
            </div>
          ))}
        </>
      )}
    </div>
  )
}
