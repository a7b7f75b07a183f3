import { type FormEvent, useState } from 'react'
import { useClient } from 'urql'
import { UpdateUserDocument } from '../gen/graphql'
import { LeaveGuard } from '../shell/LeaveGuard'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { ErrorSummary } from '../ui/ErrorSummary'
import { AccountFields } from './AccountFields'
import { Refusal } from './Refusal'
import type { OpenAccount } from './RightsSection'
import { type Errors, errorsOf, fieldOf, formOf, inputOf, validate } from './accountForm'
import { isConflict, useAct } from '../graphql/useAct'
import { useForm } from './useForm'
import { useSettled } from './useSettled'

interface Props {
  readonly account: OpenAccount
  readonly onRefresh: () => void
}

/** Who the user is (manual §11.2.4, a): what is common to all forms. */
export function AccountSection({ account, onRefresh }: Props) {
  const client = useClient()
  const { form, set, changed, theirs, reset } = useForm(formOf(account))
  const [errors, setErrors] = useState<Errors>({})
  const [tries, setTries] = useState(0)
  const [isSaved, setSaved] = useState(false)
  const { busy, problem, act, forget } = useAct()
  const settling = useSettled(account.version, () => {
    reset()
    setSaved(true)
  })
  const isLosing = account.isMe && account.delegatedAdministrator && !form.delegatedAdministrator

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = validate(form, false)
    setErrors(found)
    setTries(tries + 1)
    setSaved(false)
    if (Object.keys(found).length > 0) return forget()
    const variables = { user: account.id, account: inputOf(form), version: account.version }
    const done = await act(() => client.mutation(UpdateUserDocument, variables).toPromise())
    if (done) settling.wait()
  }
  const conflict = isConflict(problem)
  const shown = { ...errors, ...fieldOf(problem) }
  return (
    <section className="people-card people-section" aria-labelledby="fiche">
      <LeaveGuard count={settling.isWaiting ? 0 : changed.length} />
      <h2 id="fiche">Fiche</h2>
      <form className="stack people-form" noValidate onSubmit={(event) => void submit(event)}>
        {Object.keys(errors).length > 0 && <ErrorSummary key={tries} errors={errorsOf(errors)} />}
        <Refusal problem={problem}>
          {conflict && (
            <Button look="quiet" icon="refresh" onClick={() => (forget(), onRefresh())}>
              Relire la fiche, en gardant mes saisies
            </Button>
          )}
        </Refusal>
        {isLosing && (
          <Alert tone="warn" title="Vous retireriez votre propre droit de paramétrage.">
            <p>Vous ne pourriez plus revenir sur cet écran&nbsp;: demandez-le à un autre administrateur.</p>
          </Alert>
        )}
        {isSaved && changed.length === 0 && (
          <Alert tone="good" onClose={() => setSaved(false)}>
            <p>La fiche est enregistrée.</p>
          </Alert>
        )}
        <AccountFields
          form={form}
          errors={shown}
          theirs={theirs}
          choices={{ profiles: account.organization.profiles, places: account.organization.places }}
          isNew={false}
          disabled={!account.editable}
          onChange={(next) => {
            setSaved(false)
            set(next)
          }}
        />
        {account.editable && (
          <div className="people-buttons">
            <Button type="submit" look="primary" busy={busy || settling.isWaiting} disabled={changed.length === 0}>
              Enregistrer la fiche
            </Button>
            {changed.length > 0 && (
              <Button
                onClick={() => {
                  reset()
                  setErrors({})
                  forget()
                }}
              >
                Annuler
              </Button>
            )}
          </div>
        )}
      </form>
    </section>
  )
}
