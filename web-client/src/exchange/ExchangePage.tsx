import { Suspense, lazy, useRef, useState } from 'react'
import { useQuery } from 'urql'
import { ExchangeSpaceDocument, type ExchangeSpaceQuery, type Level, type ThreadState } from '../gen/graphql'
import { AttachmentEntry } from '../attachments/AttachmentEntry'
import { DossierPageHead } from '../dossier/DossierPageHead'
import { type Problem, problemOf } from '../graphql/problem'
import { NotFoundPage } from '../shell/NotFoundPage'
import { usePageTitle } from '../shell/usePageTitle'
import { Button } from '../ui/Button'
import { Checkbox } from '../ui/Checkbox'
import { SelectField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { Segmented } from '../ui/Segmented'
import { CarryThreads } from './CarryThreads'
import { Composer, type Target } from './Composer'
import { LeaveUnpublished } from './LeaveUnpublished'
import { PublishAll } from './PublishAll'
import { ThreadList } from './ThreadList'
import { useReturn } from './useExchange'
import { type Asked, PAGE, type Thread } from './useThreads'
import { LEVELS } from './words'
import './exchange.css'

const AttachmentsSection = lazy(() =>
  import('../attachments/AttachmentsSection').then((module) => ({ default: module.AttachmentsSection })),
)

const OtherDossierDialog = lazy(() =>
  import('../dossier/dialogs/OtherDossierDialog').then((module) => ({ default: module.OtherDossierDialog })),
)

const SHOWN = { OPEN: 'Ouverts', CLOSED: 'Clos', OBSOLETE: 'Obsolètes', ALL: 'Tous' } as const

/** What the page opens with; other choices ask for their own. */
const FIRST_SHOWN: ThreadState[] = ['OPEN']

type Opened = NonNullable<ExchangeSpaceQuery['dossier']['exchange']>

const DOSSIER: readonly Target[] = [{ level: 'DOSSIER', anchor: '', name: 'Dossier' }]

/** All that is said about a dossier, wherever it was said (manual §10). */
export function ExchangePage({ id }: { id: string }) {
  const [{ data, error }, execute] = useQuery({
    query: ExchangeSpaceDocument,
    variables: { id, state: FIRST_SHOWN, first: PAGE },
  })
  useReturn(execute)
  const problem = problemOf(error)
  if (problem?.code === 'NOT_FOUND') return <NotFoundPage message={problem.message} />
  if (!data) {
    return (
      <div className="centered">
        {problem ? <ProblemAlert problem={problem} /> : <Loading label="Ouverture de l’espace d’échange…" />}
      </div>
    )
  }
  return <OpenPage dossier={data.dossier} problem={problem} />
}

function OpenPage({ dossier, problem }: ExchangeSpaceQuery & { problem: Problem | undefined }) {
  const { id, form, year, organism, exchange } = dossier
  usePageTitle(`Espace d’échange · ${form} ${year} · ${organism.name}`)
  return (
    <div className="exchange-page">
      <DossierPageHead
        {...{ id, dossier }}
        title="Espace d’échange"
        beside={
          <>
            <AttachmentEntry dossier={id} />
            <OtherSpace dossier={dossier} />
          </>
        }
      />
      {!exchange && (
        <p className="muted">
          Les messages de ce dossier ne vous sont pas ouverts à cette étape&nbsp;: l’échange commence à la
          fiabilisation.
        </p>
      )}
      <ProblemAlert problem={problem} />
      {exchange && <Messages {...{ id, year }} data={exchange} />}
      <Suspense>
        <AttachmentsSection id={id} />
      </Suspense>
      <LeaveUnpublished dossier={id} exchange={exchange ?? undefined} within={`/dossiers/${id}/echanges`} />
    </div>
  )
}

/** The space of another form or year of the same organism (manual §10). */
function OtherSpace({ dossier }: ExchangeSpaceQuery) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button look="quiet" icon="search" onClick={() => setOpen(true)}>
        Autre formulaire ou année
      </Button>
      {isOpen && (
        <Suspense>
          <OtherDossierDialog dossier={dossier} page="/echanges" onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

function Messages({ id, year, data }: { id: string; year: number; data: Opened }) {
  const [shown, setShown] = useState<keyof typeof SHOWN>('OPEN')
  const [level, setLevel] = useState<Level | ''>('')
  const [isUnread, setUnread] = useState(false)
  const [isMine, setMine] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = shown === 'OPEN' && level === ''
  const asked: Asked = { level: level || undefined, state: shown === 'ALL' ? undefined : [shown] }
  const wanted = ({ messages }: Thread, isNew: boolean) =>
    (!isUnread || isNew) && (!isMine || messages.some(({ mine }) => mine))
  return (
    <div className="exchange-columns">
      <section aria-label="Échanges" className="stack">
        <h2 className="visually-hidden" ref={heading} tabIndex={-1}>
          Échanges
        </h2>
        <div className="row exchange-filters">
          <Segmented label="État des échanges" options={SHOWN} value={shown} onChange={setShown} />
          <SelectField label="Niveau" value={level} onChange={({ target }) => setLevel(target.value as Level | '')}>
            <option value="">Tous</option>
            {(Object.entries(LEVELS) as [Level, string][]).map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
          <Checkbox checked={isUnread} onChange={({ target }) => setUnread(target.checked)}>
            Non lus
          </Checkbox>
          <Checkbox checked={isMine} onChange={({ target }) => setMine(target.checked)}>
            Les miens
          </Checkbox>
        </div>
        <ThreadList
          key={`${level} ${shown}`}
          dossier={id}
          asked={asked}
          canWrite={data.canWrite}
          opened={isFirst ? data.threads : undefined}
          heading={heading}
          wanted={isUnread || isMine ? wanted : undefined}
          empty="Aucun échange ne correspond."
        />
      </section>
      <div className="stack">
        {data.canWrite && <PublishAll dossier={id} count={data.unpublished.messages} heading={heading} />}
        {data.canWrite && (
          <section className="exchange-box" aria-label="Écrire">
            <h2>Nouveau message</h2>
            <Composer
              dossier={id}
              data={data}
              onAdded={() => {
                setShown('OPEN')
                setLevel('')
              }}
              targets={DOSSIER}
            />
            <p className="field-hint">
              Pour un tableau ou une cellule, écrivez dans la zone d’échanges, à côté du dossier.
            </p>
          </section>
        )}
        {data.threads.edges.length > 0 && <CarryThreads dossier={id} year={year + 1} />}
      </div>
    </div>
  )
}
