import { useQuery } from 'urql'
import { AssistanceDocument } from '../gen/graphql'
import { problemOf } from '../graphql/problem'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ProblemAlert } from '../ui/Problem'
import { Loading } from '../ui/Progress'
import { SupervisionSection } from './SupervisionSection'
import './support.css'

/** Supervision mode, switched on from any screen, which is the one to show (manual §12.3.1). */
export function SupervisionDialog({ onClose }: { onClose: () => void }) {
  const [{ data, error }, refresh] = useQuery({ query: AssistanceDocument, requestPolicy: 'cache-and-network' })
  return (
    <Dialog title="Mes écrans" size="s" onClose={onClose} footer={<Button onClick={onClose}>Fermer</Button>}>
      <ProblemAlert problem={problemOf(error)} />
      {!data && !error && <Loading label="Ouverture…" />}
      {data && (
        <SupervisionSection
          hotlines={data.hotlines}
          trail={data.supervision}
          onSwitched={() => refresh({ requestPolicy: 'network-only' })}
        />
      )}
    </Dialog>
  )
}
