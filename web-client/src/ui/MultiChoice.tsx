import { useEffect, useId, useRef, useState } from 'react'
import { Checkbox } from './Checkbox'
import { Icon } from './Icon'
import './choice.css'

export interface Choice {
  readonly value: string
  readonly label: string
}

interface Props {
  readonly label: string
  /** What it says when nothing is chosen, which is everything: `Tous`. */
  readonly all: string
  readonly choices: readonly Choice[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

/** Several among a few, behind a button that says which. Nothing chosen leaves all of them. */
export function MultiChoice({ label, all, choices, value, onChange }: Props) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isOpen) return undefined
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [isOpen])
  const names = choices.filter((one) => value.includes(one.value)).map((one) => one.label)
  const toggle = (one: string) =>
    onChange(choices.map((known) => known.value).filter((known) => (known === one) !== value.includes(known)))
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape is caught wherever the focus is in it
    <div
      ref={box}
      className="field multi-choice"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpen(false)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setOpen(false)
        button.current?.focus()
      }}
    >
      <span className="field-label" id={`${id}-label`}>
        {label}
      </span>
      <button
        ref={button}
        type="button"
        id={id}
        className="control choice-button"
        aria-labelledby={`${id}-label ${id}`}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span>{names.length > 1 ? `${names.length} choix` : (names[0] ?? all)}</span>
        <Icon name="chevronDown" size={16} />
      </button>
      {isOpen && (
        <fieldset className="choice-list" aria-labelledby={`${id}-label`}>
          {choices.map((one) => (
            <Checkbox key={one.value} checked={value.includes(one.value)} onChange={() => toggle(one.value)}>
              {one.label}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </div>
  )
}
