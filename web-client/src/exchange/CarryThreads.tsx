import { useState } from 'react'
import { useQuery } from 'urql'
import { CanCarryDocument, CarryThreadsDocument } from '../gen/graphql'
import { plural } from '../text/numbers'
import { Alert } from '../ui/Alert'
import { Button } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
import { ProblemAlert } from '../ui/Problem'
import { useSend } from './useSend'

/** Takes the threads that are still open to the dossier of the next year. */
export function CarryThreads({ dossier, year }: { dossier: string; year: number }) {
  const [isAsking, setAsking] = useState(false)
  const [carried, setCarried] = useState<number>()
  const { send, busy, problem } = useSend()
  const [{ data: asked }] = useQuery({ query: CanCarryDocument, variables: { id: dossier } })
  const carry = async () => {
    const data = await send(CarryThreadsDocument, { dossier })
    if (!data) return
    setCarried(data.carryThreads)
    setAsking(false)
  }
  if (!asked?.dossier.exchange?.canCarry) return null
  return (
    <>
      <p>
        <Button icon="arrowRight" onClick={() => setAsking(true)}>
          Reporter sur le dossier {year}
        </Button>
      </p>
      {carried !== undefined && (
        <Alert tone="good" onClose={() => setCarried(undefined)}>
          {plural(carried, 'échange reporté', 'échanges reportés')} sur le dossier {year}.
        </Alert>
      )}
      {isAsking && (
        <FormDialog
          title={`Reporter sur le dossier ${year}\u202f?`}
          size="s"
          action="Reporter"
          busy={busy}
          onSend={() => void carry()}
          onClose={() => setAsking(false)}
        >
          <p>
            Les échanges encore ouverts sont reportés, avec leurs messages publiés, sur les mêmes cellules du dossier
            {` ${year}`}. Ceux d’ici ne changent pas. Un échange déjà reporté ne l’est pas deux fois.
          </p>
          <ProblemAlert problem={problem} />
        </FormDialog>
      )}
    </>
  )
}
