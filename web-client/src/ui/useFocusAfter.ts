import { type RefObject, useCallback } from 'react'

/**
 * Marks, by the reference it gives, what may leave the page while it has the focus: `heading` then takes it. Left
 * to the browser, the focus would start again from the top of the page (WCAG 2.4.3).
 */
export function useFocusAfter(heading: RefObject<HTMLElement | null>) {
  return useCallback(
    (leaving: HTMLElement | null) =>
      leaving
        ? () => {
            if (leaving.contains(document.activeElement)) heading.current?.focus()
          }
        : undefined,
    [heading],
  )
}
