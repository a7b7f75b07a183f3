import { SelectField } from '../ui/Field'
import type { OpenAccount } from './RightsSection'
import type { FormWork } from './useRights'

const CURRENT = 'current'

interface Props {
  readonly account: OpenAccount
  readonly work: FormWork
  readonly onReload: () => void
  readonly onProfile: (name: string | null) => void
}

/** « Profil actuel » brings back what is saved; a profile fills the table (manual §11.2.4). */
export function ProfileField({ account, work: { draft, isChanged, form }, onReload, onProfile }: Props) {
  const { profiles } = account.organization
  const choose = (value: string) => (value === CURRENT ? onReload() : onProfile(value || null))
  return (
    <SelectField
      label="Profil"
      hint={isChanged ? '« Profil actuel » recharge les droits enregistrés.' : undefined}
      disabled={!account.editable}
      value={isChanged ? (draft.profile ?? '') : CURRENT}
      onChange={({ target }) => choose(target.value)}
    >
      <option value={CURRENT}>Profil actuel{isChanged ? '' : `\u00a0: ${form.profile?.label ?? 'aucun'}`}</option>
      {profiles.map(({ name, label }) => (
        <option key={name} value={name}>
          {label}
          {name === account.defaultProfile?.name ? ' (par défaut)' : ''}
        </option>
      ))}
      <option value="">Aucun profil</option>
    </SelectField>
  )
}
