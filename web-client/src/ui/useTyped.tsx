import { type SyntheticEvent, useRef, useState } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'

type Text = HTMLInputElement | HTMLTextAreaElement

/** Follows the texts typed in a window, which nothing keeps: closed over one, the window asks first. */
export function useTyped(onClose: () => void) {
  const touched = useRef(new Set<Text>())
  const [texts, setTexts] = useState<readonly string[]>([])
  const [isAsking, setAsking] = useState(false)
  const onInput = ({ target }: SyntheticEvent) => {
    if (!isText(target)) return
    touched.current.add(target)
    setTexts([...touched.current].map(({ value }) => value).filter((text) => text.trim()))
  }
  return {
    /** What was typed, field by field. */
    texts,
    onInput,
    close: () => (texts.length > 0 ? setAsking(true) : onClose()),
    question: isAsking && <Abandon onStay={() => setAsking(false)} onAbandon={onClose} />,
  }
}

function Abandon({ onStay, onAbandon }: { onStay: () => void; onAbandon: () => void }) {
  return (
    <Dialog
      title="Abandonner ce texte ?"
      size="s"
      onClose={onStay}
      footer={
        <>
          <Button onClick={onStay} data-autofocus>
            Rester
          </Button>
          <Button look="danger" onClick={onAbandon}>
            Abandonner ce texte
          </Button>
        </>
      }
    >
      <p>Ce que vous avez tapé dans cette fenêtre n’est pas enregistré.</p>
    </Dialog>
  )
}

function isText(target: EventTarget): target is Text {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && /^(text|email|tel)$/.test(target.type))
  )
}
