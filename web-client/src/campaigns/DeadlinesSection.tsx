import { useState } from 'react'
import {
  type Category,
  type DeadlineExceptionsQuery,
  DeadlineExceptionsDocument,
  GrantDeadlineDocument,
  SetDeadlinesDocument,
  type Step,
} from '../gen/graphql'
import { isConflict } from '../graphql/useAct'
import { useGrowingList } from '../graphql/useGrowingList'
import { useOnce } from '../graphql/useOnce'
import { stepNumber } from '../search/criteria'
import { LeaveGuard } from '../shell/LeaveGuard'
import { formatDay } from '../text/dates'
import { Alert } from '../ui/Alert'
import { Button, IconButton } from '../ui/Button'
import { TextField } from '../ui/Field'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { Scroller } from '../ui/Scroller'
import { type Campaign, FAMILIES, LEFT, placeOf } from './campaign'
import { DossierName, PagedList } from './PagedList'

type Granted = DeadlineExceptionsQuery['deadlineExceptions']['edges'][number]['node']

/** `ENTRY OPH` → `2025-04-30`; without a family after the space, all others. */
type Days = Readonly<Record<string, string>>

/** Days being changed, and those that they change. */
interface Edition {
  readonly days: Days
  readonly seen: Days
}

/** The last day to leave each step, for a family of organisms or for all others, then the exceptions. */
export function DeadlinesSection({ campaign, onSaved }: { campaign: Campaign; onSaved: () => void }) {
  return (
    <>
      <DeadlineTable {...{ campaign, onSaved }} />
      <Exceptions campaign={campaign} onSaved={onSaved} />
    </>
  )
}

function DeadlineTable({ campaign, onSaved }: { campaign: Campaign; onSaved: () => void }) {
  const { send, busy, problem } = useOnce()
  // What is being changed stands on the days as they were read then, whatever the page reads meanwhile.
  const [edition, setEdition] = useState<Edition>()
  const [isSaved, setSaved] = useState(false)
  const [isReread, setReread] = useState(false)
  const { days, seen } = edition ?? { days: daysOf(campaign), seen: daysOf(campaign) }
  const isChanged = JSON.stringify(shaken(days)) !== JSON.stringify(shaken(seen))
  const isStale = isConflict(problem) && !isReread
  const save = async () => {
    setReread(false)
    const asked = { campaign: campaign.id, deadlines: deadlinesOf(days), seen: deadlinesOf(seen) }
    const sent = await send(SetDeadlinesDocument, asked)
    setSaved(Boolean(sent))
    if (!sent) return
    setEdition({ days, seen: days })
    onSaved()
  }
  const reread = () => {
    setEdition(undefined)
    setReread(true)
    onSaved()
  }
  const families: readonly (Category | '')[] = ['', ...campaign.categories]
  return (
    <section className="campaigns-section" aria-labelledby="deadlines">
      <LeaveGuard count={isChanged ? 1 : 0} />
      <h2 id="deadlines">Derniers jours pour quitter chaque étape</h2>
      <p className="muted">
        Un organisme a jusqu’à la fin du jour, à Paris. Un jour donné à une famille l’emporte sur celui de tous. Un
        dossier transmis après son dernier jour est accepté, et dit en retard.
      </p>
      {!isReread && (
        <ProblemAlert problem={problem}>
          {isStale && <Button onClick={reread}>Relire les derniers jours</Button>}
        </ProblemAlert>
      )}
      {isSaved && !isChanged && (
        <Alert tone="good">
          <p>Les derniers jours sont enregistrés.</p>
        </Alert>
      )}
      <Scroller className="table-box campaigns-days" label="Derniers jours par étape et par famille">
        <table>
          <thead>
            <tr>
              <th scope="col">Étape à quitter</th>
              {families.map((family) => (
                <th key={family} scope="col">
                  {family ? FAMILIES[family] : 'Tous'}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {LEFT.map(([step, label]) => (
              <tr key={step}>
                <th scope="row">{label}</th>
                {families.map((family) => (
                  <td key={family}>
                    <input
                      className="control"
                      type="date"
                      readOnly={busy}
                      aria-label={`${label}, ${family ? FAMILIES[family] : 'tous'}`}
                      value={days[`${step} ${family}`] ?? ''}
                      onChange={({ target }) =>
                        setEdition({ days: { ...days, [`${step} ${family}`]: target.value }, seen })
                      }
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      <p className="row">
        <Button look="primary" busy={busy} disabled={!isChanged} onClick={() => void save()}>
          Enregistrer
        </Button>
        <Button disabled={!isChanged} onClick={() => setEdition(undefined)}>
          Annuler
        </Button>
      </p>
    </section>
  )
}

function Exceptions({ campaign, onSaved }: { campaign: Campaign; onSaved: () => void }) {
  const list = useGrowingList(DeadlineExceptionsDocument, placeOf(campaign), (data) => data.deadlineExceptions)
  const [taken, setTaken] = useState<Granted>()
  return (
    <section className="campaigns-section" aria-labelledby="exceptions">
      <h2 id="exceptions">Exceptions</h2>
      <p className="muted">
        Elles s’accordent dossier par dossier, depuis l’onglet «&nbsp;Dossiers&nbsp;», et l’emportent sur les jours
        ci-dessus.
      </p>
      <PagedList
        list={list}
        label="Derniers jours accordés par exception"
        word="exception"
        none="Aucune exception."
        headings={[
          'Organisme',
          'Étape à quitter',
          'Dernier jour',
          'Motif',
          'Accordé par',
          <span key="take" className="visually-hidden">
            Retirer
          </span>,
        ]}
      >
        {(granted) => {
          const { dossier, step, dueOn, reason, author, at } = granted
          return (
            <tr key={`${dossier.id} ${step}`}>
              <th scope="row">
                <DossierName dossier={dossier} />
              </th>
              <td>{LEFT[stepNumber(step)]?.[1]}</td>
              <td className="numeric">{formatDay(dueOn)}</td>
              <td>{reason}</td>
              <td>
                {author}, le {formatDay(at)}
              </td>
              <td>
                {stepNumber(step) >= stepNumber(dossier.step) && (
                  <IconButton
                    icon="trash"
                    label={`Retirer l’exception de ${dossier.organism.name}`}
                    onClick={() => setTaken(granted)}
                  />
                )}
              </td>
            </tr>
          )
        }}
      </PagedList>
      {taken && (
        <TakeDialog
          granted={taken}
          onClose={() => setTaken(undefined)}
          onDone={() => {
            setTaken(undefined)
            list.again()
            onSaved()
          }}
        />
      )}
    </section>
  )
}

function TakeDialog({ granted, onClose, onDone }: { granted: Granted; onClose: () => void; onDone: () => void }) {
  const { send, busy, problem } = useOnce()
  const [reason, setReason] = useState('')
  const { dossier, step } = granted
  const take = async () => {
    const variables = { dossier: dossier.id, step, dueOn: null, reason: reason.trim() }
    if (await send(GrantDeadlineDocument, variables)) onDone()
  }
  return (
    <FormDialog
      title={`Retirer l’exception de ${dossier.organism.name}`}
      action="Retirer"
      look="danger"
      size="s"
      busy={busy}
      ready={reason.trim() !== ''}
      onSend={() => void take()}
      onClose={onClose}
    >
      <ProblemAlert problem={problem} />
      <p>Le dernier jour de la campagne vaudra de nouveau pour ce dossier.</p>
      <TextField
        label="Motif"
        maxLength={500}
        value={reason}
        data-autofocus
        onChange={({ target }) => setReason(target.value)}
      />
    </FormDialog>
  )
}

function daysOf({ deadlines }: Campaign): Days {
  return Object.fromEntries(deadlines.map(({ step, category, dueOn }) => [`${step} ${category ?? ''}`, dueOn]))
}

function shaken(days: Days): [string, string][] {
  return Object.entries(days)
    .filter(([, day]) => day)
    .toSorted()
}

function deadlinesOf(days: Days) {
  return shaken(days).map(([place, dueOn]) => {
    const [step, category] = place.split(' ')
    return { step: step as Step, category: (category as Category) || null, dueOn }
  })
}
