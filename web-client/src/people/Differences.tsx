import { Icon } from '../ui/Icon'
import type { Change } from './matrix'
import { type FormWork, differencesOf } from './useRights'
import { atSteps } from './words'

/** What the user has more and less than his profile, in words. */
export function Differences({ work }: { work: FormWork }) {
  const { gained, lost } = differencesOf(work)
  if (!work.profile) return <p className="muted">Ces droits ne viennent d’aucun profil.</p>
  if (gained.length + lost.length === 0) {
    return <p className="muted">Ces droits sont exactement ceux du profil «&nbsp;{work.profile.label}&nbsp;».</p>
  }
  return (
    <div className="people-differences">
      <h3>Différences avec le profil «&nbsp;{work.profile.label}&nbsp;»</h3>
      <ul>
        {gained.map((change) => (
          <Line key={change.right} change={change} isMore />
        ))}
        {lost.map((change) => (
          <Line key={change.right} change={change} />
        ))}
      </ul>
    </div>
  )
}

function Line({ change: { label, steps }, isMore = false }: { change: Change; isMore?: boolean }) {
  return (
    <li className={isMore ? 'is-more' : 'is-less'}>
      <Icon name={isMore ? 'plus' : 'minus'} size={14} />
      <span>
        {isMore ? 'En plus' : 'En moins'}&nbsp;: {label} {atSteps(steps)}
      </span>
    </li>
  )
}
