import { useRef, useState } from 'react'
import { useClient, useQuery } from 'urql'
import {
  AssignableDocument,
  type CampaignCriteria,
  CampaignDossierIdsDocument,
  CampaignDossiersDocument,
  type Step,
} from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { useGrowingList } from '../graphql/useGrowingList'
import { STEPS } from '../search/criteria'
import { formatDay } from '../text/dates'
import { formatCount, plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Badge } from '../ui/Badge'
import { Button, IconButton } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { SelectField, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { type Campaign, type Line, type Place, movesOf, placeOf } from './campaign'
import { type Act, ActDialog } from './ActDialog'
import { GrantDialog } from './GrantDialog'
import { DossierName, PagedList } from './PagedList'

/** A mass move takes no more. */
const MOST = 2000

/** The campaign's dossiers: found, ticked, then moved, given to somebody or written about together. */
export function DossiersSection({ campaign, onChanged }: { campaign: Campaign; onChanged: () => void }) {
  const place = placeOf(campaign)
  const [criteria, setCriteria] = useState<CampaignCriteria>({})
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [act, setAct] = useState<Act>()
  const [granting, setGranting] = useState<Line>()
  const [told, setTold] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const client = useClient()
  const list = useGrowingList(CampaignDossiersDocument, { ...place, criteria }, (data) => data.campaignDossiers)
  const filtering = useRef(0)
  const tickAll = async () => {
    const mine = filtering.current
    const { data, error } = await client.query(
      CampaignDossierIdsDocument,
      { ...place, criteria },
      { requestPolicy: 'network-only' },
    )
    // Other dossiers are shown meanwhile: those are not theirs.
    if (mine !== filtering.current) return
    setProblem(problemOf(error))
    if (data) setTicked(new Set(data.campaignDossierIds))
  }
  const done = (sentence: string) => {
    setAct(undefined)
    setGranting(undefined)
    setTicked(new Set())
    setTold(sentence)
    list.again()
    onChanged()
  }
  const shown = (list.nodes ?? []).filter(({ dossier }) => ticked.has(dossier.id))
  const tick = (id: string) => setTicked(toggled(ticked, id))
  return (
    <>
      <Filters
        place={place}
        criteria={criteria}
        onChange={(next) => {
          filtering.current += 1
          setCriteria(next)
          setTicked(new Set())
        }}
      />
      {told && (
        <Alert tone="good" onClose={() => setTold('')}>
          <p>{told}</p>
        </Alert>
      )}
      <ProblemAlert problem={problem} />
      <div className="campaigns-acts">
        <span aria-live="polite">{plural(ticked.size, 'dossier choisi', 'dossiers choisis')}</span>
        <Button onClick={() => void tickAll()} disabled={list.total === 0}>
          {list.total > MOST
            ? `Choisir les ${formatCount(MOST)} premiers`
            : `Tout choisir (${formatCount(list.total)})`}
        </Button>
        {ticked.size > 0 && <Button onClick={() => setTicked(new Set())}>Ne rien choisir</Button>}
        <Button icon="arrowRight" disabled={ticked.size === 0} onClick={() => setAct('move')}>
          Changer d’étape…
        </Button>
        <Button icon="userPlus" disabled={ticked.size === 0} onClick={() => setAct('assign')}>
          Confier…
        </Button>
        <Button icon="message" disabled={ticked.size === 0} onClick={() => setAct('mail')}>
          Écrire aux contacts…
        </Button>
      </div>
      <PagedList
        list={list}
        label="Dossiers de la campagne"
        word="dossier"
        none="Aucun dossier ne répond à ces critères."
        headings={[
          <span key="tick" className="visually-hidden">
            Choisir
          </span>,
          'Organisme',
          'Étape',
          'Dernier jour',
          'Chargé de mission',
          'Responsable d’affaire',
          <span key="grant" className="visually-hidden">
            Exception
          </span>,
        ]}
      >
        {(line) => (
          <Row key={line.dossier.id} {...{ line, tick }} on={ticked.has(line.dossier.id)} onGrant={setGranting} />
        )}
      </PagedList>
      {act && (
        <ActDialog
          {...{ act, place }}
          dossiers={[...ticked]}
          moves={movesOf(shown)}
          shown={shown.length}
          onClose={() => setAct(undefined)}
          onDone={done}
        />
      )}
      {granting && (
        <GrantDialog {...{ campaign }} line={granting} onClose={() => setGranting(undefined)} onDone={done} />
      )}
    </>
  )
}

interface RowProps {
  readonly line: Line
  readonly on: boolean
  readonly tick: (id: string) => void
  readonly onGrant: (line: Line) => void
}

function Row({ line, on, tick, onGrant }: RowProps) {
  const { dossier, dueOn, late, daysLate } = line
  return (
    <tr>
      <td aria-label="Choisir">
        <Checkbox checked={on} onChange={() => tick(dossier.id)}>
          <span className="visually-hidden">Choisir {dossier.organism.name}</span>
        </Checkbox>
      </td>
      <th scope="row">
        <DossierName dossier={dossier} />
      </th>
      <td>{dossier.stepLabel}</td>
      <td className="numeric">
        {formatDay(dueOn)} {late && <Badge tone="bad">{plural(daysLate, 'jour')} de retard</Badge>}
      </td>
      <td>{dossier.officer?.name ?? '–'}</td>
      <td>{dossier.accountManager?.name ?? '–'}</td>
      <td>
        {dossier.step !== 'CLOSURE' && (
          <IconButton
            icon="clock"
            label={`Accorder un autre dernier jour à ${dossier.organism.name}`}
            onClick={() => onGrant(line)}
          />
        )}
      </td>
    </tr>
  )
}

interface FiltersProps {
  readonly place: Place
  readonly criteria: CampaignCriteria
  readonly onChange: (criteria: CampaignCriteria) => void
}

function Filters({ place: { platform, form }, criteria, onChange }: FiltersProps) {
  const [{ data }] = useQuery({ query: AssignableDocument, variables: { platform, form } })
  const follower = criteria.unfollowed ? 'none' : criteria.mine ? 'mine' : (criteria.followedBy ?? '')
  return (
    <search className="campaigns-filters">
      <TextField
        label="Organisme"
        icon="search"
        hint="Nom, SIREN ou code."
        value={criteria.search ?? ''}
        onChange={({ target }) => onChange({ ...criteria, search: target.value })}
      />
      <SelectField
        label="Étape"
        value={criteria.steps?.[0] ?? ''}
        onChange={({ target }) => onChange({ ...criteria, steps: target.value ? [target.value as Step] : null })}
      >
        <option value="">toutes</option>
        {STEPS.map(({ step, label }, number) => (
          <option key={step} value={step}>
            {number} – {label}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Suivi par"
        value={follower}
        onChange={({ target: { value } }) =>
          onChange({
            ...criteria,
            mine: value === 'mine',
            unfollowed: value === 'none',
            followedBy: value === 'mine' || value === 'none' ? null : value || null,
          })
        }
      >
        <option value="">tous</option>
        <option value="mine">mes dossiers</option>
        <option value="none">personne</option>
        {data?.assignable.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <Checkbox
        checked={criteria.late ?? false}
        onChange={({ target }) => onChange({ ...criteria, late: target.checked })}
      >
        En retard seulement
      </Checkbox>
    </search>
  )
}

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known)
  if (!next.delete(id)) next.add(id)
  return next
}
