import { useState } from 'react'
import { useClient } from 'urql'
import { type AssistanceQuery, SwitchSupervisionDocument } from '../gen/graphql'
import { useAct } from '../graphql/useAct'
import { formatMoment } from '../text/dates'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'

interface Props {
  readonly hotlines: AssistanceQuery['hotlines']
  readonly trail: AssistanceQuery['supervision']
  readonly onSwitched: () => void
}

/** Supervision mode: one's screens, shown to a hotline until one says so or the session ends. */
export function SupervisionSection({ hotlines, trail, onSwitched }: Props) {
  const client = useClient()
  const { busy, problem, act } = useAct()
  const [platform, setPlatform] = useState(hotlines[0]?.code ?? '')
  const send = async (next: string | null) => {
    const done = await act(() => client.mutation(SwitchSupervisionDocument, { platform: next }).toPromise())
    if (done) onSwitched()
  }
  return (
    <section className="support-card" aria-labelledby="supervision">
      <h2 id="supervision">Mode supervision</h2>
      <ProblemAlert problem={problem} />
      {trail ? (
        <>
          <p>
            Depuis le {formatMoment(trail.startedAt)}, l’assistance «&nbsp;{trail.platformName}&nbsp;» voit la liste des
            écrans que vous ouvrez, jamais ce qu’ils contiennent.
          </p>
          <Button busy={busy} onClick={() => void send(null)}>
            Cesser de montrer mes écrans
          </Button>
        </>
      ) : (
        <>
          <p>
            Si l’assistance vous le demande, montrez-lui la liste des écrans que vous ouvrez. Elle ne voit ni vos
            saisies ni vos dossiers, et tout s’arrête à la fin de votre session.
          </p>
          {hotlines.length > 1 && (
            <SelectField
              label="À l’assistance de"
              value={platform}
              onChange={({ target }) => setPlatform(target.value)}
            >
              {hotlines.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
          <Button icon="eye" busy={busy} disabled={!platform} onClick={() => void send(platform)}>
            Montrer mes écrans
          </Button>
        </>
      )}
    </section>
  )
}
