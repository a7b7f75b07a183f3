import { useEffect } from 'react'

/** Names the page in the browser's tab, its history, and to those who hear it. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Harmonia`
  }, [title])
}
