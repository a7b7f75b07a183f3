import { type RefObject, useRef, useState } from 'react'
import { AddMessageDocument, type Audience, type Level, type Nature } from '../gen/graphql'
import { today } from '../text/dates'
import { Button } from '../ui/Button'
import { SelectField, TextArea, TextField } from '../ui/Field'
import { ProblemAlert } from '../ui/Problem'
import { Segmented } from '../ui/Segmented'
import type { ExchangeData } from './talks'
import { useKeptText } from './keptText'
import { useSend } from './useSend'
import { AUDIENCES, NATURES } from './words'

/** What a message may be put on. */
export interface Target {
  readonly level: Level
  readonly anchor: string
  /** « Dossier », « Tableau A1 », « Cellule A1.L011.B ». */
  readonly name: string
}

interface Props {
  readonly dossier: string
  readonly data: ExchangeData
  /** Where it may be put, each with its button; a target without an anchor of its own waits for one. */
  readonly targets: readonly Target[]
  readonly onAdded: (target: Target) => void
  readonly field?: RefObject<HTMLTextAreaElement | null>
}

/** Writes a message, then puts it on the dossier, the tab or the cell (manual §9.2.1). */
export function Composer({ dossier, data, targets, onAdded, field }: Props) {
  const [text, setText] = useKeptText(dossier, 'new')
  const [nature, setNature] = useState<Nature>('QUESTION')
  const [audience, setAudience] = useState<Audience>(data.audiences[0] ?? 'ALL')
  const [dueOn, setDueOn] = useState('')
  const [added, setAdded] = useState<string>()
  const { send, busy, problem } = useSend()
  const own = useRef<HTMLTextAreaElement>(null)
  const box = field ?? own
  const put = async ({ level, anchor, name }: Target) => {
    if (busy) return
    const asked = { dossier, level, anchor, nature, text: text.trim(), audience, dueOn: dueOn || null }
    if (!(await send(AddMessageDocument, asked))) return
    setText('')
    setDueOn('')
    setAdded(name)
    onAdded({ level, anchor, name })
    // An empty text disables the button that had the focus.
    box.current?.focus()
  }
  return (
    <section className="composer stack" aria-label="Nouveau message">
      <TextArea
        ref={box}
        label="Votre message"
        value={text}
        maxLength={5000}
        readOnly={busy}
        onChange={({ target }) => {
          setText(target.value)
          setAdded(undefined)
        }}
      />
      <div className="row">
        <Segmented label="Type de message" options={NATURES} value={nature} onChange={setNature} />
      </div>
      <details className="aside">
        <summary>Destinataires et échéance</summary>
        {data.audiences.length > 1 && (
          <SelectField
            label="Une fois publié, visible par"
            value={audience}
            onChange={({ target }) => setAudience(target.value as Audience)}
          >
            {data.audiences.map((one) => (
              <option key={one} value={one}>
                {AUDIENCES[one]}
              </option>
            ))}
          </SelectField>
        )}
        {data.audiences.length === 1 && <p>Une fois publié, visible par&nbsp;: {AUDIENCES[audience].toLowerCase()}.</p>}
        <TextField
          label="Réponse attendue le"
          type="date"
          min={today()}
          value={dueOn}
          onChange={({ target }) => setDueOn(target.value)}
        />
      </details>
      <ProblemAlert problem={problem} />
      <fieldset className="row">
        <legend>Enregistrer le message sur</legend>
        {targets.map((target) => (
          <Button
            key={target.level}
            disabled={!text.trim() || isMissing(target)}
            aria-disabled={busy}
            onClick={() => void put(target)}
          >
            {target.name}
          </Button>
        ))}
      </fieldset>
      <output className="field-hint">
        {added
          ? `Enregistré (${added})\u00a0: vous seul le voyez tant que vous ne l’avez pas publié.`
          : 'Avant sa publication, vous seul voyez un message.'}
      </output>
    </section>
  )
}

function isMissing({ level, anchor }: Target): boolean {
  return level !== 'DOSSIER' && !anchor
}
