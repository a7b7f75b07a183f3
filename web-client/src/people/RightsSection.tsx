import { useState } from 'react'
import { useClient } from 'urql'
import { type AccountQuery, ProfileOnFormDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { LeaveGuard } from '../shell/LeaveGuard'
import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { MatrixLegend } from './BoxStrip'
import { CopyDialog } from './CopyDialog'
import { Differences } from './Differences'
import { ImpactDialog } from './ImpactDialog'
import { Matrix } from './Matrix'
import { ProfileField } from './ProfileField'
import type { Profile } from './matrix'
import { useSettled } from './useSettled'
import { useSoughtBox } from './useSoughtBox'
import { type FormWork, placeKey, takesAway, useRights } from './useRights'
import { inWords, of, placeName } from './words'

export type OpenAccount = AccountQuery['account']

/** The rights of a user, form by form (manual §11.2.4): profile, privileged contact, and the boxes. */
export function RightsSection({ account, onRefresh }: { account: OpenAccount; onRefresh: () => void }) {
  const client = useClient()
  const rights = useRights(account.forms)
  const [chosen, setChosen] = useState('')
  const [dialog, setDialog] = useState<'impact' | 'copy'>()
  const [isSaved, setSaved] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const work = rights.works.find(({ form }) => placeKey(form) === chosen) ?? firstOf(rights.works)
  const holder = useSoughtBox(rights.works, work, setChosen)
  const settling = useSettled(account.version, () => {
    rights.reloadAll()
    setSaved(true)
  })
  const changed = settling.isWaiting ? [] : rights.changed
  if (!work) return <NoForms />

  const profileOn = async (name: string | null, { form: { platform, form } }: FormWork): Promise<Profile | null> => {
    if (!name) return null
    const { data, error } = await client.query(ProfileOnFormDocument, { name, platform, form })
    setProblem(problemOf(error))
    if (!data) throw new Error('the profile was not read')
    return data.profile
  }
  const fillFrom = async (name: string | null) => {
    try {
      rights.fillFrom(work, await profileOn(name, work))
    } catch {
      // Said by `problem`; the table stays as it was.
    }
  }
  const copyTo = async (targets: readonly FormWork[]) => {
    setDialog(undefined)
    try {
      for (const target of targets) rights.copyTo(work, target, await profileOn(work.draft.profile, target))
    } catch {
      // The same.
    }
  }
  const edit = account.editable
    ? (draft: FormWork['draft']) => {
        setSaved(false)
        rights.change(work, draft)
      }
    : undefined
  return (
    <section ref={holder} className="people-card people-section" aria-labelledby="droits">
      <LeaveGuard count={changed.length} />
      <header className="people-bar">
        <h2 id="droits">Droits par formulaire</h2>
        {account.editable && rights.works.length > 1 && (
          <Button look="quiet" icon="copy" onClick={() => setDialog('copy')}>
            Recopier vers d’autres formulaires
          </Button>
        )}
      </header>
      <div className="people-fields people-fields-wide">
        <SelectField
          label="Type de formulaire"
          value={placeKey(work.form)}
          onChange={({ target }) => setChosen(target.value)}
        >
          {rights.works.map(({ form, isChanged }) => (
            <option key={placeKey(form)} value={placeKey(form)}>
              {form.form} · {form.platformName}
              {isChanged ? ' (modifié)' : ''}
            </option>
          ))}
        </SelectField>
        <ProfileField
          account={account}
          work={work}
          onReload={() => rights.reload(work.form)}
          onProfile={(name) => void fillFrom(name)}
        />
        <Checkbox
          className="people-beside"
          checked={work.draft.contact}
          disabled={!edit}
          onChange={({ target }) => edit?.({ ...work.draft, contact: target.checked })}
        >
          Contact privilégié
          <span className="field-hint"> · il reçoit les courriels de ce formulaire</span>
        </Checkbox>
      </div>
      <ProblemAlert problem={problem} />
      {account.isMe && takesAway(work) && <OwnRights />}
      <Matrix
        label={`Droits ${of(nameOf(account))} sur ${placeName(work.form)}`}
        rows={work.form.rows}
        draft={work.draft}
        given={work.given}
        saved={work.saved}
        onChange={edit}
      />
      <MatrixLegend />
      {edit && (
        <p className="muted">
          Une fonction ou une étape remplit, d’un clic, sa ligne ou sa colonne. Au clavier&nbsp;: Espace pour la case,
          Maj+Espace pour la ligne, Ctrl+Espace pour la colonne.
        </p>
      )}
      <Differences work={work} />
      {isSaved && changed.length === 0 && (
        <Alert tone="good" onClose={() => setSaved(false)}>
          <p>Les droits {of(nameOf(account))} sont enregistrés&nbsp;: ils s’appliquent tout de suite.</p>
        </Alert>
      )}
      {changed.length > 0 && (
        <div className="people-save">
          <p>
            <Badge tone="warn" icon="alert">
              {plural(changed.length, 'formulaire modifié', 'formulaires modifiés')}
            </Badge>{' '}
            {inWords(changed.map(({ form }) => placeName(form)))}
          </p>
          <Button onClick={rights.reloadAll}>Annuler</Button>
          <Button look="primary" onClick={() => setDialog('impact')}>
            Vérifier et enregistrer
          </Button>
        </div>
      )}
      {dialog === 'copy' && (
        <CopyDialog
          {...{ work, rights }}
          onCopy={(targets) => void copyTo(targets)}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'impact' && (
        <ImpactDialog
          {...{ account, changed, onRefresh }}
          onClose={() => setDialog(undefined)}
          onSaved={() => {
            setDialog(undefined)
            settling.wait()
          }}
        />
      )}
    </section>
  )
}

/** Where the user has rights already, better than where he has none. */
function firstOf(works: readonly FormWork[]): FormWork | undefined {
  return works.find(({ form, saved }) => form.profile || saved.ticked.size > 0) ?? works[0]
}

export function nameOf({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return `${firstName} ${lastName}`
}

/** Nobody gives what he does not hold: what one takes from oneself, another must give back. */
export function OwnRights() {
  return (
    <Alert tone="warn" title="Vous vous retirez des droits.">
      <p>Vous ne pourriez pas vous les rendre&nbsp;: un autre administrateur qui les détient devrait le faire.</p>
    </Alert>
  )
}

function NoForms() {
  return (
    <section className="people-card">
      <h2>Droits par formulaire</h2>
      <p className="muted">
        Aucun formulaire n’est ouvert à cette organisation&nbsp;: ses droits viendront avec une convention.
      </p>
    </section>
  )
}
