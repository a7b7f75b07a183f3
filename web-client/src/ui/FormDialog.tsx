import { type ReactNode, useId } from 'react'
import { Button, type ButtonProps } from './Button'
import { Dialog } from './Dialog'
import { useTyped } from './useTyped'

interface Props {
  readonly title: string
  readonly size?: 's' | 'm' | 'l'
  /** What the button that sends says. */
  readonly action: string
  readonly look?: ButtonProps['look']
  readonly busy?: boolean
  /** Whether there is enough to send. */
  readonly ready?: boolean
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A window that asks for what an act needs, then sends it by its button or by Enter. */
export function FormDialog({ title, size, action, look = 'primary', busy, ready = true, ...props }: Props) {
  const form = useId()
  const { close, onInput, question } = useTyped(props.onClose)
  return (
    <Dialog
      title={title}
      size={size}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Annuler</Button>
          <Button look={look} type="submit" form={form} busy={busy} disabled={!ready}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="dialog-form"
        onInput={onInput}
        onSubmit={(event) => {
          event.preventDefault()
          props.onSend()
        }}
      >
        {props.children}
      </form>
      {question}
    </Dialog>
  )
}
