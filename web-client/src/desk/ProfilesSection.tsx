import { useState } from 'react'
import { useClient, useQuery } from 'urql'
import { DeskDocument, type DeskQuery, SetProfileDocument, SimulateProfileDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useAct } from '../graphql/useAct'
import { Matrix } from '../people/Matrix'
import { type Draft, NO_BOXES, compare, isSame, ticksOf } from '../people/matrix'
import { impact } from '../people/words'
import { freshKey } from '../text/key'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { Loading } from '../ui/Progress'
import { ConflictAlert } from './ConflictAlert'
import { outcomeOf, useDesk } from './desk'
import { ImpactView } from './ImpactView'
import { mayBeSent } from './measure'
import { ReasonField } from './ReasonField'
import { Unmeasured } from './Unmeasured'

type Profile = DeskQuery['policyDesk']['profiles'][number]

/** The boxes of each profile of the platform: a change reaches everyone who holds it. */
export function ProfilesSection() {
  const { platform, ticks } = useDesk()
  const [{ data }] = useQuery({ query: DeskDocument, variables: { platform } })
  const profiles = data?.policyDesk.profiles ?? []
  // Coming back, one finds the profile that is being changed.
  const [name, setName] = useState(() => [...ticks.keys()][0] ?? '')
  const profile = profiles.find((one) => one.name === name) ?? profiles[0]
  return (
    <section className="desk-section" aria-labelledby="profiles-title">
      <h2 id="profiles-title">Profils</h2>
      <p className="muted">
        Un profil est ce dont part chaque utilisateur. Le modifier change aussitôt les droits de tous ceux qui le
        tiennent, sur tous les formulaires de la plateforme.
      </p>
      <div className="desk-profile">
        <SelectField label="Profil" value={profile?.name ?? ''} onChange={({ target }) => setName(target.value)}>
          {profiles.map((one) => (
            <option key={one.name} value={one.name}>
              {one.label}
            </option>
          ))}
        </SelectField>
      </div>
      {profile && <EditProfile key={profile.name} profile={profile} />}
    </section>
  )
}

function EditProfile({ profile }: { profile: Profile }) {
  const saved: Draft = { profile: null, contact: false, ticked: ticksOf(profile.rows) }
  const { ticks, setTicks } = useDesk()
  const draft: Draft = { ...saved, ticked: ticks.get(profile.name) ?? saved.ticked }
  const setDraft = (next: Draft) => setTicks(profile.name, isSame(next, saved) ? undefined : next.ticked)
  const [isSaving, setSaving] = useState(false)
  const said = impact(`«\u00a0${profile.label}\u00a0»`, compare(profile.rows, saved.ticked, draft.ticked))
  return (
    <div className="desk-card">
      <Matrix
        label={`Droits du profil ${profile.label}`}
        rows={profile.rows}
        draft={draft}
        given={NO_BOXES}
        saved={saved}
        onChange={setDraft}
      />
      {!isSame(draft, saved) && (
        <>
          <Alert tone="info" title="Ce qui change">
            <p>{said}</p>
          </Alert>
          <span className="row">
            <Button look="primary" onClick={() => setSaving(true)}>
              Enregistrer…
            </Button>
            <Button look="quiet" onClick={() => setDraft(saved)}>
              Annuler ces changements
            </Button>
          </span>
        </>
      )}
      {isSaving && <SaveProfile {...{ profile, draft, said }} onClose={() => setSaving(false)} />}
    </div>
  )
}

interface SaveProps {
  readonly profile: Profile
  readonly draft: Draft
  readonly said: string
  readonly onClose: () => void
}

function SaveProfile({ profile, draft, said, onClose }: SaveProps) {
  const { platform, version, refresh, setTicks, secondSignature } = useDesk()
  const client = useClient()
  const [comment, setComment] = useState('')
  const [key] = useState(freshKey)
  const { busy, problem, act } = useAct()
  const boxes = boxesOf(draft)
  const [{ data, error, fetching }] = useQuery({
    query: SimulateProfileDocument,
    variables: { platform, profile: profile.name, boxes, baseVersion: version },
    requestPolicy: 'network-only',
  })
  const unread = fetching ? undefined : problemOf(error)
  const measured = fetching || error ? undefined : data?.simulateProfile
  const save = async () => {
    const variables = {
      platform,
      profile: profile.name,
      boxes,
      baseVersion: version,
      comment,
      idempotencyKey: key,
    }
    const made = await act(() => client.mutation(SetProfileDocument, variables).toPromise())
    if (!made) return
    setTicks(profile.name, undefined)
    refresh(outcomeOf(made.setProfile))
  }
  return (
    <FormDialog
      title={`Enregistrer le profil «\u00a0${profile.label}\u00a0»`}
      action={secondSignature ? 'Proposer à la signature' : 'Enregistrer'}
      size="l"
      busy={busy}
      ready={mayBeSent({ impact: measured, problem: unread })}
      onSend={() => void save()}
      onClose={onClose}
    >
      <ConflictAlert problem={problem ?? unread} />
      <Unmeasured problem={unread} />
      <p>{said}</p>
      <ReasonField value={comment} onChange={setComment} />
      {fetching && <Loading label="Mesure de l’effet sur les dossiers…" />}
      {measured && <ImpactView impact={measured} />}
    </FormDialog>
  )
}

/** The steps of each function, for every form. */
function boxesOf({ ticked }: Draft) {
  const steps = new Map<string, number[]>()
  for (const name of ticked) {
    const [right = '', step] = name.split('@')
    steps.set(right, [...(steps.get(right) ?? []), Number(step)])
  }
  return [...steps].map(([right, at]) => ({ right, form: '*', steps: at.toSorted((one, other) => one - other) }))
}
