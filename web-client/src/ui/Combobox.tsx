import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { plural } from '../text/numbers'
import { FieldError } from './Field'
import { Icon, type IconName } from './Icon'
import './combobox.css'

const PAUSE = 150
const SHORTEST = 2

export interface Suggestion {
  readonly key: string
  readonly name: string
  readonly detail?: string
}

interface Props<One extends Suggestion> {
  readonly label: string
  readonly name: string
  readonly hint?: string
  readonly error?: string
  readonly icon?: IconName
  readonly placeholder?: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** What the server proposes for a text. */
  readonly suggest: (text: string) => Promise<readonly One[]>
  readonly onChoose: (one: One) => void
}

/**
 * A text with what the server proposes for it (ARIA practices, « combobox » with a list): the arrows go through the
 * list, Enter takes, Escape closes it; typed text may also stay as it is.
 */
export function Combobox<One extends Suggestion>({ suggest, onChoose, onChange, ...props }: Props<One>) {
  const id = useId()
  const { found, isOpen, open, close } = useSuggestions(props.value, suggest)
  const [active, setActive] = useState(-1)
  useEffect(() => setActive(-1), [found])
  const choose = (one: One) => {
    close()
    onChoose(one)
  }
  const move = (step: number) => {
    if (!isOpen) open(props.value)
    else if (found.length > 0)
      setActive((at) => (at + step + (at < 0 && step < 0 ? 1 : 0) + found.length) % found.length)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const one = isOpen ? found[active] : undefined
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1)
    else if (event.key === 'Enter' && one) choose(one)
    else if (event.key === 'Escape' && isOpen) close()
    else {
      // Enter then sends the form, Tab leaves: neither keeps a list over the page.
      if (event.key === 'Enter' || event.key === 'Tab') close()
      return
    }
    event.preventDefault()
  }
  return (
    <Frame id={id} {...props} onLeave={close}>
      <input
        id={id}
        name={props.name}
        role="combobox"
        className={`control control-with-action ${props.icon ? 'control-with-icon' : ''}`}
        autoComplete="off"
        spellCheck={false}
        placeholder={props.placeholder}
        aria-autocomplete="list"
        aria-expanded={isOpen && found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && active >= 0 ? `${id}-${active}` : undefined}
        aria-describedby={props.error ? `${id}-error` : props.hint ? `${id}-hint` : undefined}
        aria-invalid={props.error ? true : undefined}
        value={props.value}
        onKeyDown={onKeyDown}
        onChange={({ target }) => {
          onChange(target.value)
          open(target.value)
        }}
      />
      <Opener onPress={() => (isOpen ? close() : open(props.value))} />
      <List id={id} found={isOpen ? found : []} active={active} onChoose={choose} />
    </Frame>
  )
}

interface FrameProps {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly error?: string
  readonly icon?: IconName
  readonly onLeave: () => void
  readonly children: ReactNode
}

function Frame({ id, label, hint, error, icon, onLeave, children }: FrameProps) {
  return (
    <div
      className={`field combobox ${error ? 'field-wrong' : ''}`}
      onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || onLeave()}
    >
      <label htmlFor={id}>{label}</label>
      <div className="control-box">
        {icon && <Icon name={icon} />}
        {children}
      </div>
      {hint && !error && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

/** The arrow of the manual (§6.2): for the mouse, the keyboard has its own. */
function Opener({ onPress }: { onPress: () => void }) {
  return (
    <button
      type="button"
      className="icon-button control-action"
      tabIndex={-1}
      aria-hidden="true"
      title="Voir les propositions"
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <Icon name="chevronDown" size={16} />
    </button>
  )
}

interface ListProps<One> {
  readonly id: string
  readonly found: readonly One[]
  readonly active: number
  readonly onChoose: (one: One) => void
}

function List<One extends Suggestion>({ id, found, active, onChoose }: ListProps<One>) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active])
  return (
    <>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label="Propositions"
        hidden={found.length === 0}
      >
        {found.map((one, place) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and its keys
          <div
            key={one.key}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(one)}
          >
            <span>{one.name}</span>
            {one.detail && <span className="muted"> {one.detail}</span>}
          </div>
        ))}
      </div>
      <span className="visually-hidden" aria-live="polite">
        {found.length > 0 && plural(found.length, 'proposition')}
      </span>
    </>
  )
}

/** What is proposed for the text, once one stops typing; an answer to an older text is dropped. */
function useSuggestions<One>(value: string, suggest: (text: string) => Promise<readonly One[]>) {
  const [found, setFound] = useState<readonly One[]>([])
  const [isOpen, setOpen] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const turn = useRef(0)
  const close = () => {
    turn.current += 1
    clearTimeout(timer.current)
    setOpen(false)
  }
  const open = (text = value) => {
    close()
    if (text.trim().length < SHORTEST) return
    const mine = turn.current
    timer.current = setTimeout(() => {
      void suggest(text.trim()).then((answer) => {
        if (mine !== turn.current) return
        setFound(answer)
        setOpen(true)
      })
    }, PAUSE)
  }
  useEffect(
    () => () => {
      turn.current += 1
      clearTimeout(timer.current)
    },
    [],
  )
  return { found, isOpen, open, close }
}
