import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { STEPS } from '../search/criteria'
import { Icon } from '../ui/Icon'
import { MatrixBox } from './MatrixBox'
import { BoxStrip } from './BoxStrip'
import { type Draft, type FunctionRow, boxName, fill, lookOf, setBoxes } from './matrix'
import { HEAD, type Place, placeName, placeOf, reach } from './matrixKeys'
import { stepLabel } from './words'
import './matrix.css'

interface Props {
  readonly label: string
  readonly rows: readonly FunctionRow[]
  readonly draft: Draft
  /** The boxes of the profile that the draft starts from. */
  readonly given: ReadonlySet<string>
  /** What is saved: a box that is otherwise now is marked. */
  readonly saved?: Draft
  /** Without it, the table is only read. */
  readonly onChange?: (draft: Draft) => void
}

/** Function × step: one stop for the Tab key, then the keys of the cells; heads fill rows and columns. */
export function Matrix({ label, rows, draft, given, saved, onChange }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState<Place>([0, 0])
  const [pointed, setPointed] = useState<Place>()
  const [row, step] = [Math.min(active[0], rows.length - 1), active[1]]
  const tabIndexOf = (place: Place) => (place[0] === row && place[1] === step ? 0 : -1)

  const toggle = ([atRow, atStep]: Place) => {
    const line = rows[atRow]
    if (!onChange || (atRow !== HEAD && !line)) return
    if (atRow === HEAD) return onChange(fill(rows, draft, { step: atStep }))
    if (atStep === HEAD) return onChange(fill(rows, draft, { right: line!.right }))
    const isOn = draft.ticked.has(boxName(line!.right, atStep))
    onChange(setBoxes(rows, draft, !isOn, (right, at) => right === line!.right && at === atStep))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ' && (event.shiftKey || event.ctrlKey)) {
      event.preventDefault()
      return toggle(event.shiftKey ? [row, HEAD] : [HEAD, step])
    }
    const next = reach([row, step], event, rows.length, onChange ? HEAD : 0)
    if (!next) return
    event.preventDefault()
    table.current?.querySelector<HTMLElement>(`[data-place="${placeName(next)}"]`)?.focus()
  }
  const point = (event: MouseEvent) => setPointed(placeOf(event.target))
  return (
    <div className="matrix-box">
      <table
        ref={table}
        role="grid"
        className="matrix"
        aria-label={label}
        aria-readonly={!onChange}
        onKeyDown={onKeyDown}
        // Firefox clicks a button when the space bar comes up, whatever was done as it went down.
        onKeyUp={(event) => event.key === ' ' && (event.shiftKey || event.ctrlKey) && event.preventDefault()}
        onFocus={(event) => setActive(placeOf(event.target) ?? active)}
        onMouseOver={point}
        onMouseLeave={() => setPointed(undefined)}
      >
        <thead>
          <tr>
            <th scope="col">Fonction</th>
            {STEPS.map(({ step: key }, at) => (
              <th key={key} scope="col">
                <Head
                  place={[HEAD, at]}
                  says="Accorde ou retire toute la colonne"
                  tabIndex={tabIndexOf([HEAD, at])}
                  onFill={onChange && toggle}
                >
                  <span className="matrix-step">{at}</span>
                  <span className="matrix-step-label">{stepLabel(at)}</span>
                </Head>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ right, label: name, cells }, at) => (
            <tr key={right}>
              <th scope="row">
                <Head
                  place={[at, HEAD]}
                  says="Accorde ou retire toute la ligne"
                  tabIndex={tabIndexOf([at, HEAD])}
                  onFill={onChange && toggle}
                >
                  {name}
                </Head>
              </th>
              {cells.map((box) => (
                <td key={box.step}>
                  <MatrixBox
                    box={box}
                    label={name}
                    place={[at, box.step]}
                    look={lookOf(right, box, draft, given)}
                    isInProfile={given.has(boxName(right, box.step))}
                    isFree={onChange !== undefined && box.editable}
                    isChanged={isChanged(boxName(right, box.step), draft, saved)}
                    tabIndex={tabIndexOf([at, box.step])}
                    onToggle={toggle}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <BoxStrip row={rows[(pointed ?? active)[0]]} step={(pointed ?? active)[1]} {...{ draft, given }} />
    </div>
  )
}

function isChanged(name: string, draft: Draft, saved: Draft | undefined): boolean {
  return saved !== undefined && draft.ticked.has(name) !== saved.ticked.has(name)
}

interface HeadProps {
  readonly place: Place
  readonly says: string
  readonly tabIndex: number
  readonly onFill?: (place: Place) => void
  readonly children: ReactNode
}

/** The head of a row or of a column; a button where the table can be filled. */
function Head({ place, says, tabIndex, onFill, children }: HeadProps) {
  if (!onFill) return children
  return (
    <button
      type="button"
      className="matrix-head"
      data-place={placeName(place)}
      tabIndex={tabIndex}
      title={says}
      onClick={() => onFill(place)}
    >
      {children}
      <Icon name="fill" size={14} />
    </button>
  )
}
