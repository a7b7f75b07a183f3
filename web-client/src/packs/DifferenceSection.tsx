import { useMemo } from 'react'
import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Scroller } from '../ui/Scroller'
import type { Review } from './DraftPage'
import { Section } from './Section'
import { useMore } from './useMore'
import { type ChangeGroup, groupChanges } from './words'

const MOST = 40

/** What the draft says otherwise than the revision it comes from, by what it is about. */
export function DifferenceSection({
  changes,
  base,
}: {
  changes: Review['difference'] | undefined
  base?: string | null
}) {
  const groups = useMemo(() => groupChanges(changes ?? []), [changes])
  const title = base ? `Différences avec ${base}` : 'Différences'
  const breaking = changes?.filter((change) => change.breaking).length ?? 0
  return (
    <Section
      title={title}
      waiting={changes ? undefined : 'Comparaison des deux révisions…'}
      state={
        changes && (
          <span className="row">
            <Badge icon="info">{plural(changes.length, 'différence')}</Badge>
            {breaking > 0 && (
              <Badge tone="bad" icon="alert">
                {plural(breaking, 'interdite')}
              </Badge>
            )}
          </span>
        )
      }
    >
      {!base && <p className="muted">C’est la première révision de cette année&nbsp;: il n’y a rien à comparer.</p>}
      {base && changes?.length === 0 && (
        <p className="muted">Ce brouillon dit la même chose que la révision publiée.</p>
      )}
      {groups.map((group) => (
        <Group key={group.title} group={group} />
      ))}
    </Section>
  )
}

function Group({ group: { title, changes } }: { group: ChangeGroup }) {
  const { shown, hidden, showAll } = useMore(changes, MOST)
  return (
    <div className="packs-group">
      <h3>
        {title} <span className="muted numeric">({changes.length})</span>
      </h3>
      <Scroller className="table-box packs-changes" label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">Endroit</th>
              <th scope="col">Avant</th>
              <th scope="col">Après</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ aspect, place, before, after, breaking }) => (
              <tr key={`${aspect} ${place}`}>
                <th scope="row">
                  <code>{place || '–'}</code>{' '}
                  {breaking && (
                    <Badge tone="bad" icon="alert">
                      interdit dans l’année
                    </Badge>
                  )}
                </th>
                <td>{before == null ? <span className="muted">ajout</span> : <del>{before || 'vide'}</del>}</td>
                <td>{after == null ? <span className="muted">retrait</span> : <ins>{after || 'vide'}</ins>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      {hidden > 0 && (
        <Button onClick={showAll}>Afficher {plural(hidden, 'autre différence', 'autres différences')}</Button>
      )}
    </div>
  )
}
