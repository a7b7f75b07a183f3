import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon'

interface Props {
  readonly tone?: 'neutral' | 'info' | 'good' | 'warn' | 'bad'
  readonly icon?: IconName
  readonly children: ReactNode
}

export function Badge({ tone = 'neutral', icon, children }: Props) {
  return (
    <span className={`badge badge-${tone}`}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  )
}
