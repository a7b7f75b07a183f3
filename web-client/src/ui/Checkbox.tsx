import { type InputHTMLAttributes, type ReactNode, useEffect, useRef } from 'react'

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  readonly children: ReactNode
  /** Some of what the box stands for is chosen, and some not. */
  readonly partly?: boolean
}

export function Checkbox({ children, partly = false, className, ...input }: Props) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = partly
  }, [partly])
  return (
    <label className={`checkbox ${className ?? ''}`}>
      <input type="checkbox" ref={box} {...input} />
      <span>{children}</span>
    </label>
  )
}
