import { useState } from 'react'
import { useQuery } from 'urql'
import { Link, useSearchParams } from 'wouter'
import { AccountChoicesDocument, type AccountChoicesQuery, ProfileOnFormDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { usePageTitle } from '../shell/usePageTitle'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { MatrixLegend } from './BoxStrip'
import { Matrix } from './Matrix'
import { ticksOf } from './matrix'
import { placeKey } from './useRights'
import { usersPlace } from './places'
import './people.css'

type Card = AccountChoicesQuery['organizationCard']

/** What each profile gives, form by form: to be read; the platform's desk changes it. */
export function ProfilesPage() {
  usePageTitle('Profils')
  const [search] = useSearchParams()
  const id = search.get('organisation')
  const [{ data, error }] = useQuery({ query: AccountChoicesDocument, variables: { id } })
  const card = data?.organizationCard
  return (
    <div className="page people">
      <p>
        <Link href={card ? usersPlace(card) : '/parametrage'}>← Paramétrage</Link>
      </p>
      <h1>Profils</h1>
      <p className="muted">
        Un profil remplit d’avance le tableau des droits d’un utilisateur. Les administrateurs de la plateforme
        définissent ce qu’il donne.
      </p>
      <ProblemAlert problem={problemOf(error)} />
      {!card && !error && <Loading label="Lecture des profils…" />}
      {card && (card.places.length === 0 || card.profiles.length === 0) && (
        <p className="muted">Aucun formulaire n’est ouvert à cette organisation.</p>
      )}
      {card && card.places.length > 0 && card.profiles.length > 0 && <Profiles card={card} />}
    </div>
  )
}

function Profiles({ card: { places, profiles } }: { card: Card }) {
  const [name, setName] = useState(profiles[0]!.name)
  const [key, setKey] = useState(placeKey(places[0]!))
  const { platform, form } = places.find((one) => placeKey(one) === key) ?? places[0]!
  const [{ data, error }] = useQuery({ query: ProfileOnFormDocument, variables: { name, platform, form } })
  const profile = data?.profile
  return (
    <section className="people-card people-section" aria-label="Droits du profil">
      <div className="people-fields people-fields-wide">
        <SelectField label="Profil" value={name} onChange={({ target }) => setName(target.value)}>
          {profiles.map((one) => (
            <option key={one.name} value={one.name}>
              {one.label}
            </option>
          ))}
        </SelectField>
        <SelectField label="Type de formulaire" value={key} onChange={({ target }) => setKey(target.value)}>
          {places.map((one) => (
            <option key={placeKey(one)} value={placeKey(one)}>
              {one.form} · {one.platformName}
            </option>
          ))}
        </SelectField>
      </div>
      <ProblemAlert problem={problemOf(error)} />
      {!profile && !error && <Loading label="Lecture du profil…" />}
      {profile && (
        <>
          <Matrix
            label={`Droits du profil ${profile.label}`}
            rows={profile.rows}
            draft={{ profile: name, contact: false, ticked: ticksOf(profile.rows) }}
            given={ticksOf(profile.rows)}
          />
          <MatrixLegend />
        </>
      )}
    </section>
  )
}
