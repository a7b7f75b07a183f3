import { useState } from 'react'
import { IconButton } from '../ui/Button'
import { blocks } from './words'

/** A seal that one can compare by eye, and copy whole. */
export function Seal({ seal }: { seal: string }) {
  const [told, setTold] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(seal)
      setTold('Copié')
    } catch {
      setTold('Sélectionnez-le pour le copier')
    }
  }
  return (
    <div className="seal">
      <code>{blocks(seal)}</code>
      <IconButton icon="copy" label="Copier le sceau" onClick={() => void copy()} />
      <output className="muted">{told}</output>
    </div>
  )
}
