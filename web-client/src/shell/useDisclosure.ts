import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'

/** Open on the screen where it was opened; Escape, a click elsewhere and another screen close it. */
export function useDisclosure() {
  const [location] = useLocation()
  const [openAt, setOpenAt] = useState<string>()
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLSpanElement>(null)
  const isOpen = openAt === location
  useEffect(() => {
    if (!isOpen) return undefined
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpenAt(undefined)
    }
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return
      setOpenAt(undefined)
      button.current?.querySelector('button')?.focus()
    }
    document.addEventListener('pointerdown', onPress)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', onPress)
      document.removeEventListener('keydown', onKey)
    }
  }, [isOpen])
  return { box, button, isOpen, toggle: () => setOpenAt(isOpen ? undefined : location) }
}
