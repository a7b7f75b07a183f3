import { type ReactNode, useState } from 'react'

/** Tools that a narrow screen keeps behind their name: the rows come before them. */
export function Folded({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const [isWide] = useState(() => window.matchMedia('(min-width: 601px)').matches)
  if (isWide) return children
  return (
    <details className="folded">
      <summary>{label}</summary>
      <div>{children}</div>
    </details>
  )
}
