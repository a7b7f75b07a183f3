import { type ReactNode, useId } from 'react'
import { Obstacles } from '../dossier/dialogs/Obstacles'
import { useCrossing } from '../dossier/dialogs/useCrossing'
import type { DialogProps } from '../dossier/DossierDialogs'
import type { Once, Outcome } from '../graphql/once'
import { useOnce } from '../graphql/useOnce'
import { Alert } from '../ui/Alert'
import { Button, type ButtonProps } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import type { IconName } from '../ui/Icon'
import { TextArea } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { useTyped } from '../ui/useTyped'
import { isStale } from './stale'

interface Props {
  readonly of: DialogProps
  readonly title: string
  /** What the button that sends says. */
  readonly action: string
  readonly look?: ButtonProps['look']
  readonly icon?: IconName
  readonly size?: 's' | 'm' | 'l'
  readonly send: (once: Once) => Promise<Outcome<unknown>>
  readonly children?: ReactNode
}

/**
 * A window that moves a dossier, once. Where the dossier has moved meanwhile in another window, it says so and
 * the page reads it again: nothing is sent a second time from what was shown.
 */
export function MoveDialog({ of, title, action, look = 'primary', icon, size, send, children }: Props) {
  const { cells, checks, goToCell, onRewritten, onClose } = of
  const form = useId()
  const { once } = useOnce()
  const { busy, problem, obstacles, cross } = useCrossing(
    cells,
    async () => {
      const { problem: found } = await send(once)
      if (isStale(found)) onRewritten()
      return found
    },
    () => {
      onRewritten()
      onClose()
    },
  )
  const stale = isStale(problem)
  const { texts, close, onInput, question } = useTyped(onClose)
  return (
    <Dialog
      title={title}
      size={size}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{stale ? 'Fermer' : 'Annuler'}</Button>
          {!stale && (
            <Button look={look} icon={icon} type="submit" form={form} busy={busy}>
              {action}
            </Button>
          )}
        </>
      }
    >
      {stale ? (
        <Alert tone="warn" title="Ce dossier a changé depuis que cette fenêtre est ouverte.">
          <p>{problem?.message}</p>
          <p>L’écran vient d’être mis à jour&nbsp;: vérifiez où en est le dossier avant de reprendre.</p>
        </Alert>
      ) : (
        <ProblemAlert problem={problem}>
          <Obstacles {...{ obstacles, checks, goToCell }} />
        </ProblemAlert>
      )}
      <form
        id={form}
        className="dialog-form"
        onInput={onInput}
        onSubmit={(event) => {
          event.preventDefault()
          void cross()
        }}
      >
        {stale
          ? texts.map((text) => <TextArea key={text} label="Votre texte, à recopier" readOnly value={text} />)
          : children}
      </form>
      {question}
    </Dialog>
  )
}
