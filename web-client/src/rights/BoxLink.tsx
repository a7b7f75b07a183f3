import { useQuery } from 'urql'
import { Link } from 'wouter'
import { BoxToChangeDocument } from '../gen/graphql'
import { boxPlace } from './whom'

interface Props {
  readonly dossier: string
  readonly user: string
  readonly right: string
  readonly step: number
  readonly onLeave?: () => void
}

/** The way to the box that refuses, for whoever may tick it; else why it cannot be ticked. */
export function BoxLink({ dossier, user, right, step, onLeave }: Props) {
  // Someone whose boxes are not the viewer's to set is told of by the sentence alone: who can change them.
  const [{ data }] = useQuery({ query: BoxToChangeDocument, variables: { dossier, user } })
  if (!data?.account.editable) return null
  const { form, platform } = data.dossier
  const rights = data.account.forms.find((one) => one.form === form && one.platform === platform.code)
  const box = rights?.rows.find((row) => row.right === right)?.cells.find((cell) => cell.step === step)
  if (!box) return null
  if (!box.editable) return box.reason ? <p className="why-who">La case ne se coche pas&nbsp;: {box.reason}</p> : null
  const place = { plateforme: platform.code, formulaire: form, fonction: right, etape: String(step) }
  return (
    <p>
      <Link href={boxPlace(user, place)} onClick={onLeave}>
        Ouvrir cette case dans ses droits
      </Link>
    </p>
  )
}
