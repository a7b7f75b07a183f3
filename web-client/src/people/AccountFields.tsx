import { Checkbox } from '../ui/Checkbox'
import { SelectField, TextField } from '../ui/Field'
import { type AccountForm, type Errors, type FormField, LABELS } from './accountForm'
import { PasswordPair } from './PasswordPair'

/** What the fields offer: the organization's profiles, and the forms that it sees. */
export interface Choices {
  readonly profiles: readonly { readonly name: string; readonly label: string }[]
  readonly places: readonly { readonly form: string }[]
}

interface Props {
  readonly form: AccountForm
  readonly errors: Errors
  /** What another has saved meanwhile, where it differs from what is typed. */
  readonly theirs?: Partial<Record<FormField, string>>
  readonly choices: Choices
  readonly isNew: boolean
  readonly disabled?: boolean
  /** Nothing to choose of the role: the rules give it. */
  readonly isRoleGiven?: boolean
  readonly onChange: (form: AccountForm) => void
}

type TextName = Exclude<FormField, 'delegatedAdministrator'>

const KEPT_YEARS = 4

/** Everything that the manual asks about a user (§11.2.2); the fields bear their names, to be found again. */
export function AccountFields({ form, errors, theirs, choices, isNew, disabled, isRoleGiven, onChange }: Props) {
  const field = (name: TextName) => ({
    label: LABELS[name],
    name,
    value: form[name],
    error: errors[name],
    hint: theirs?.[name] === undefined ? undefined : `Enregistré entre-temps : ${theirs[name] || 'vide'}`,
    disabled,
    onChange: ({ target }: { target: { value: string } }) => onChange({ ...form, [name]: target.value }),
  })
  return (
    <>
      <fieldset className="people-fields">
        <legend>Identité</legend>
        <SelectField {...field('civility')}>
          <option value="">–</option>
          <option>M.</option>
          <option>Mme</option>
        </SelectField>
        <TextField {...field('lastName')} required autoComplete="off" maxLength={80} />
        <TextField {...field('firstName')} required autoComplete="off" maxLength={80} />
        <TextField {...field('title')} maxLength={60} />
        <TextField {...field('service')} maxLength={120} />
      </fieldset>
      <fieldset className="people-fields">
        <legend>Coordonnées</legend>
        <TextField {...field('email')} type="email" required autoComplete="off" maxLength={200} />
        <TextField {...field('phone')} type="tel" required autoComplete="off" maxLength={30} />
        <TextField {...field('mobile')} type="tel" autoComplete="off" maxLength={30} />
      </fieldset>
      {isNew && (
        <fieldset className="people-fields">
          <legend>Connexion</legend>
          <TextField
            {...field('login')}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={80}
          />
          <PasswordPair
            password={form.password}
            again={form.passwordAgain}
            errors={errors}
            onChange={(password, passwordAgain) => onChange({ ...form, password, passwordAgain })}
          />
        </fieldset>
      )}
      <fieldset className="people-fields">
        <legend>Rôle</legend>
        {!isRoleGiven && (
          <SelectField {...field('defaultProfile')}>
            <option value="">Aucun</option>
            {choices.profiles.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField {...field('homeForm')}>
          <option value="">Aucun</option>
          {[...new Set(choices.places.map((place) => place.form))].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <SelectField {...field('homeYear')}>
          <option value="">La dernière</option>
          {years(form.homeYear).map((year) => (
            <option key={year}>{year}</option>
          ))}
        </SelectField>
        {!isRoleGiven && (
          <Checkbox
            className="people-wide"
            name="delegatedAdministrator"
            checked={form.delegatedAdministrator}
            disabled={disabled}
            onChange={({ target }) => onChange({ ...form, delegatedAdministrator: target.checked })}
          >
            {LABELS.delegatedAdministrator}
            <span className="field-hint"> · il gère les utilisateurs de l’organisation et leurs droits</span>
          </Checkbox>
        )}
      </fieldset>
    </>
  )
}

/** The last years, and the one that is chosen already. */
function years(chosen: string): string[] {
  const last = new Date().getFullYear()
  const recent = Array.from({ length: KEPT_YEARS }, (_, back) => String(last - back))
  return chosen && !recent.includes(chosen) ? [...recent, chosen] : recent
}
