import { useState } from 'react'
import { useClient, useQuery } from 'urql'
import { DeletePolicyTestDocument, DeskTestsDocument, type PolicyTestFieldsFragment } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { useAct } from '../graphql/useAct'
import { Badge } from '../ui/Badge'
import { Button, IconButton } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { useDesk } from './desk'
import { TestDialog } from './TestDialog'

export type Test = PolicyTestFieldsFragment

/** Sentences that must stay true: they are asked of each change before it is kept. */
export function TestsSection() {
  const { platform } = useDesk()
  const [{ data, error }, ask] = useQuery({ query: DeskTestsDocument, variables: { platform } })
  const [open, setOpen] = useState<Test | 'new'>()
  const problem = problemOf(error)
  const tests = data?.policyDesk.tests
  const refresh = () => ask({ requestPolicy: 'network-only' })
  return (
    <section className="desk-section" aria-labelledby="tests-title">
      <header className="desk-bar">
        <h2 id="tests-title">Essais</h2>
        <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
          Ajouter un essai
        </Button>
      </header>
      <p className="muted">
        Ce qui doit rester vrai. Une modification qui ferait mentir une de ces phrases est refusée, avec un
        contre-exemple.
      </p>
      <ProblemAlert problem={problem} />
      {!tests && !problem && <Loading label="Passage des essais…" />}
      {tests?.length === 0 && <p>Aucun essai n’est encore écrit.</p>}
      {tests && tests.length > 0 && (
        <ul className="desk-tests">
          {tests.map((test) => (
            <TestItem key={test.id} test={test} onEdit={() => setOpen(test)} onGone={refresh} />
          ))}
        </ul>
      )}
      {open && (
        <TestDialog
          test={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
          onSaved={() => {
            setOpen(undefined)
            refresh()
          }}
        />
      )}
    </section>
  )
}

function TestItem({ test, onEdit, onGone }: { test: Test; onEdit: () => void; onGone: () => void }) {
  const client = useClient()
  const [isLeaving, setLeaving] = useState(false)
  const { busy, problem, act } = useAct()
  const { passes, counterexample } = test.result
  const remove = async () => {
    if (await act(() => client.mutation(DeletePolicyTestDocument, { id: test.id }).toPromise())) onGone()
  }
  return (
    <li className="desk-card desk-test">
      <Badge tone={passes ? 'good' : 'bad'} icon={passes ? 'check' : 'alert'}>
        {passes ? 'tenu' : 'démenti'}
      </Badge>
      <div>
        <p>{test.sentence}</p>
        {!passes && counterexample && <p className="desk-counter">{counterexample}</p>}
      </div>
      <span className="row">
        <Button look="quiet" onClick={onEdit}>
          Modifier<span className="visually-hidden"> «&nbsp;{test.sentence}&nbsp;»</span>
        </Button>
        <IconButton
          icon="trash"
          label={`Supprimer l’essai «\u00a0${test.sentence}\u00a0»`}
          onClick={() => setLeaving(true)}
        />
      </span>
      {isLeaving && (
        <FormDialog
          title="Supprimer cet essai&#8239;?"
          size="s"
          action="Supprimer"
          look="danger"
          busy={busy}
          onSend={() => void remove()}
          onClose={() => setLeaving(false)}
        >
          <ProblemAlert problem={problem} />
          <p>{test.sentence}</p>
          <p>Plus aucune modification ne sera refusée parce qu’elle ferait mentir cette phrase.</p>
        </FormDialog>
      )}
    </li>
  )
}
