import { type ReactNode, useEffect, useRef } from 'react'

/** A picker, then what was picked, or the reverse: what replaces the other takes the focus it had. */
export function Swap({ on, children }: { on: string | undefined; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const shown = useRef(on)
  useEffect(() => {
    if (shown.current === on) return
    shown.current = on
    box.current?.querySelector<HTMLElement>('input, select, button')?.focus()
  }, [on])
  return (
    <div ref={box} className="desk-swap">
      {children}
    </div>
  )
}
