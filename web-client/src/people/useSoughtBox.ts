import { type RefObject, useEffect, useRef } from 'react'
import { useSearchParams } from 'wouter'
import { placeName } from './matrixKeys'
import { type FormWork, placeKey } from './useRights'

/**
 * The box that an explanation leads to: its form is shown, then it has the focus. Once: the address forgets it,
 * so that the same link leads there again. Gives what holds the matrix.
 */
export function useSoughtBox(
  works: readonly FormWork[],
  shown: FormWork | undefined,
  show: (key: string) => void,
): RefObject<HTMLElement | null> {
  const holder = useRef<HTMLElement>(null)
  const [search, setSearch] = useSearchParams()
  const [platform, form, right, step] = ['plateforme', 'formulaire', 'fonction', 'etape'].map((name) =>
    search.get(name),
  )
  useEffect(() => {
    if (!platform || !form || !right) return
    const key = placeKey({ platform, form })
    const isThere = works.some((work) => placeKey(work.form) === key)
    if (isThere && shown && placeKey(shown.form) !== key) return show(key)
    const row = isThere ? (shown?.form.rows.findIndex((one) => one.right === right) ?? -1) : -1
    const box = holder.current?.querySelector<HTMLElement>(`[data-place="${placeName([row, Number(step)])}"]`)
    if (row >= 0 && box) {
      box.scrollIntoView({ block: 'center' })
      box.focus()
    }
    setSearch({}, { replace: true })
  }, [platform, form, right, step, works, shown, show, setSearch])
  return holder
}
