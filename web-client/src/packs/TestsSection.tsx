import { plural } from '../text/numbers'
import { Badge } from '../ui/Badge'
import { Scroller } from '../ui/Scroller'
import type { Review } from './DraftPage'
import { Section } from './Section'

type Test = Review['tests'][number]

/** How the cases kept with the form come out. */
export function TestsSection({ tests }: { tests: Review['tests'] | undefined }) {
  const failing = tests?.filter((test) => !test.passed).length ?? 0
  return (
    <Section
      title="Essais enregistrés"
      waiting={tests ? undefined : 'Essais en cours…'}
      state={
        tests &&
        tests.length > 0 &&
        (failing > 0 ? (
          <Badge tone="bad" icon="alert">
            {plural(failing, 'échec')} sur {tests.length}
          </Badge>
        ) : (
          <Badge tone="good" icon="check">
            {plural(tests.length, 'réussi')}
          </Badge>
        ))
      }
    >
      {tests?.length === 0 && (
        <p className="muted">
          Aucun essai n’accompagne ce formulaire&nbsp;: ajoutez-en sous <code>tests/</code>.
        </p>
      )}
      <ul className="packs-tests">
        {tests?.map((test) => (
          <TestItem key={test.name} test={test} />
        ))}
      </ul>
    </Section>
  )
}

function TestItem({ test: { name, passed, fault, differences } }: { test: Test }) {
  return (
    <li>
      <p className="row">
        {passed ? (
          <Badge tone="good" icon="check">
            réussi
          </Badge>
        ) : (
          <Badge tone="bad" icon="alert">
            échec
          </Badge>
        )}
        <code>{name}</code>
      </p>
      {fault && <p>{fault}</p>}
      {differences.length > 0 && (
        <Scroller className="table-box packs-changes" label={`Écarts de ${name}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Endroit</th>
                <th scope="col">Attendu</th>
                <th scope="col">Obtenu</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ place, expected, found }) => (
                <tr key={place}>
                  <th scope="row">
                    <code>{place}</code>
                  </th>
                  <td>{expected ?? <span className="muted">rien</span>}</td>
                  <td>{found ?? <span className="muted">rien</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </li>
  )
}
