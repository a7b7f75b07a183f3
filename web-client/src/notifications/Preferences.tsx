import { useState } from 'react'
import { useClient, useQuery } from 'urql'
import {
  type NotificationDelivery,
  NotificationPreferencesDocument,
  type PreferenceFieldsFragment,
  SetNotificationPreferenceDocument,
} from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useAct } from '../graphql/useAct'
import { ProblemAlert } from '../ui/Problem'
import { SelectField } from '../ui/Field'

const DELIVERIES: Readonly<Record<NotificationDelivery, string>> = {
  MAIL: 'Courriel à chaque fois',
  DIGEST: 'Récapitulatif quotidien',
  CENTRE: 'Ici seulement',
}

/** How one wishes to be told of each event; saved as soon as it is chosen. */
export function Preferences() {
  const [{ data, error }] = useQuery({ query: NotificationPreferencesDocument })
  return (
    <section className="stack" aria-labelledby="preferences">
      <h2 id="preferences">Être prévenu</h2>
      <p className="muted">
        Le récapitulatif part chaque jour à 7&nbsp;h. Les courriels ne contiennent aucune donnée des dossiers. En
        reçoivent les contacts privilégiés, la personne dont le visa est attendu et celle qui a demandé un retour en
        étape&nbsp;4. Ce que la plateforme vous écrit elle-même part toujours par courriel.
      </p>
      <ProblemAlert problem={problemOf(error)} />
      <div className="preferences">
        {data?.notificationPreferences.map((row) => (
          <Preference key={row.event} row={row} />
        ))}
      </div>
    </section>
  )
}

function Preference({ row }: { row: PreferenceFieldsFragment }) {
  const client = useClient()
  const { problem, act } = useAct()
  const [chosen, setChosen] = useState(row.delivery)
  const choose = async (delivery: NotificationDelivery) => {
    const before = chosen
    setChosen(delivery)
    const data = await act(() =>
      client.mutation(SetNotificationPreferenceDocument, { event: row.event, delivery }).toPromise(),
    )
    if (!data) setChosen(before)
  }
  return (
    <div>
      <SelectField
        label={row.label}
        value={chosen}
        onChange={(event) => void choose(event.target.value as NotificationDelivery)}
      >
        {Object.entries(DELIVERIES).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </SelectField>
      <ProblemAlert problem={problem} />
    </div>
  )
}
