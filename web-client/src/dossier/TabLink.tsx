import { Link } from 'wouter'
import { SEVERITIES } from '../cells/describe'
import { TalkSigns } from '../exchange/TalkMarks'
import { type Talks, say } from '../exchange/talks'
import type { Severity } from '../gen/graphql'
import { plural } from '../text/numbers'
import { typeset } from '../text/typeset'
import type { Marks } from './marks'

/** What a link of the list needs to know of the dossier. */
export interface Place {
  readonly dossier: string
  readonly current: string
  readonly byTab: Marks['byTab']
  readonly talks: Talks['within']
}

interface Props extends Place {
  readonly code: string
  /** What is shown of the code, where its place says the rest. */
  readonly shownCode?: string
  readonly title: string
}

/** The way to a tab, and how many anomalies it has. */
export function TabLink({ dossier, current, byTab, talks, code, shownCode, title }: Props) {
  const said = talks.get(code)
  return (
    <li>
      <Link
        href={`/dossiers/${dossier}/${code}`}
        className="tab-link"
        aria-current={code === current ? 'page' : undefined}
      >
        <span className="tab-code tab-link-code">{shownCode ?? code}</span>
        <span className="tab-link-title">{typeset(title)}</span>
        {said && (
          <>
            <TalkSigns talks={said} />
            <span className="visually-hidden">{say(said)}</span>
          </>
        )}
        <AnomalyCount mark={byTab.get(code)} />
      </Link>
    </li>
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
