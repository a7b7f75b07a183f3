import type { ReactNode } from 'react'
import type { CombinedError } from 'urql'
import { useAct } from '../graphql/useAct'
import { Refusal } from '../people/Refusal'
import type { ButtonProps } from '../ui/Button'
import { FormDialog } from '../ui/FormDialog'
import { TextField } from '../ui/Field'
import type { Convention } from './model'

export interface DecisionProps {
  readonly convention: Convention
  readonly onClose: () => void
}

interface FrameProps {
  readonly title: string
  readonly action: string
  readonly size?: 'm' | 'l'
  readonly look?: ButtonProps['look']
  readonly ready?: boolean
  readonly onClose: () => void
  readonly send: () => Promise<{ error?: CombinedError }>
  readonly children: ReactNode
}

/** A window that asks for what a decision needs, sends it, and shows a refusal in its place. */
export function Decision({ onClose, send, children, ...frame }: FrameProps) {
  const { busy, problem, act } = useAct()
  const decide = () =>
    act(async () => {
      const answer = await send()
      if (!answer.error) onClose()
      return answer
    })
  return (
    <FormDialog {...frame} busy={busy} onSend={() => void decide()} onClose={onClose}>
      <Refusal problem={problem} />
      {children}
    </FormDialog>
  )
}

interface DayProps {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly required?: boolean
  readonly onChange: (day: string) => void
}

export function Day({ onChange, ...props }: DayProps) {
  return <TextField type="date" {...props} onChange={({ target }) => onChange(target.value)} />
}

/** Why, as the history keeps it. */
export function Reason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <TextField label="Motif" required maxLength={200} value={value} onChange={({ target }) => onChange(target.value)} />
  )
}
