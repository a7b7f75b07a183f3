import { useState } from 'react'
import { useClient } from 'urql'
import { useLocation } from 'wouter'
import { ReadPolicyCsvDocument, type ReadPolicyCsvQuery } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { useMore } from '../packs/useMore'
import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { FileField } from '../ui/FileField'
import { Icon } from '../ui/Icon'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Scroller } from '../ui/Scroller'
import { isEmpty, useDesk } from './desk'
import { ImpactView } from './ImpactView'
import { LineChanges } from './LineChanges'

type Reading = ReadPolicyCsvQuery['readPolicyCsv']

const MOST = 30

/** The rules of the platform in Casbin's own form, out and in: a file is compared before anything is kept. */
export function CsvSection() {
  const { platform, version } = useDesk()
  const client = useClient()
  const [name, setName] = useState<string>()
  const [reading, setReading] = useState<Reading>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const read = async ([file]: readonly File[]) => {
    if (!file) return
    setName(file.name)
    setBusy(true)
    setReading(undefined)
    const variables = { platform, csv: await file.text() }
    const { data, error } = await client.query(ReadPolicyCsvDocument, variables, { requestPolicy: 'network-only' })
    setBusy(false)
    setProblem(problemOf(error))
    setReading(data?.readPolicyCsv)
  }
  return (
    <section className="desk-section" aria-labelledby="csv-title">
      <h2 id="csv-title">Fichier CSV</h2>
      <p className="muted">
        Les règles que vous pouvez modifier, une par ligne, dans la forme ordinaire de Casbin. Le fichier que vous
        rendez remplace l’ensemble&nbsp;: ce qu’il ajoute et retire vous est montré avant d’être enregistré.
      </p>
      <p>
        <a className="download-link" href={`/policy.csv?platform=${platform}&version=${version}`} download>
          <Icon name="download" size={16} /> Télécharger les règles de la version {version}
        </a>
      </p>
      <FileField
        label="Choisir un fichier CSV"
        hint="14&nbsp;Mo au plus, encodé en UTF-8"
        accept=".csv,text/csv"
        fileName={name}
        onFiles={(files) => void read(files)}
      />
      <ProblemAlert problem={problem} />
      {busy && <Loading label="Lecture du fichier…" />}
      {reading && <ReadingView reading={reading} />}
    </section>
  )
}

function ReadingView({ reading: { add, close, faults, impact } }: { reading: Reading }) {
  const { draft, setDraft } = useDesk()
  const [, navigate] = useLocation()
  if (faults.length > 0) return <Faults faults={faults} />
  if (add.length + close.length === 0) return <Alert tone="good" title="Ce fichier dit la même chose que les règles." />
  return (
    <div className="desk-card">
      <p>
        {plural(add.length, 'règle ajoutée', 'règles ajoutées')}, {plural(close.length, 'retirée')}.
      </p>
      <LineChanges added={add} closed={close} />
      {impact && <ImpactView impact={impact} />}
      <p>
        <Button
          look="primary"
          onClick={() => {
            const lines = add.map(({ ptype, values }) => ({ ptype, values: [...values] }))
            setDraft((known) => ({ ...known, add: lines, close }))
            navigate('/droits/regles')
          }}
        >
          {isEmpty(draft) ? 'Reprendre dans une modification' : 'Remplacer la modification en cours'}
        </Button>
      </p>
    </div>
  )
}

function Faults({ faults }: { faults: Reading['faults'] }) {
  const { shown, hidden, showAll } = useMore(faults, MOST)
  return (
    <>
      <Alert tone="bad" title={`${plural(faults.length, 'ligne ne peut', 'lignes ne peuvent')} pas être lues.`}>
        <p>Rien n’est changé. Corrigez le fichier, puis choisissez-le de nouveau.</p>
      </Alert>
      <Scroller className="table-box" label="Défauts du fichier">
        <table>
          <thead>
            <tr>
              <th scope="col">Ligne</th>
              <th scope="col">Champ</th>
              <th scope="col">Défaut</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, field, sentence }) => (
              <tr key={`${line} ${field} ${sentence}`}>
                <th scope="row" className="numeric">
                  {line}
                </th>
                <td>
                  <code>{field}</code>
                </td>
                <td>{sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      {hidden > 0 && <Button onClick={showAll}>Afficher {plural(hidden, 'autre défaut', 'autres défauts')}</Button>}
    </>
  )
}
