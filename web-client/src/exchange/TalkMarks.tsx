import { type Talk, classOf, say, signOf } from './talks'
import './talks.css'

/** The icons of a place, drawn only: whoever shows them says them. */
export function TalkSigns({ talks }: { talks: readonly Talk[] }) {
  return (
    <span className="talks" aria-hidden="true">
      {talks.map((talk) => (
        <span key={`${talk.nature} ${talk.published}`} className={classOf(talk)} data-talk={signOf(talk)} />
      ))}
    </span>
  )
}

interface Props {
  readonly talks: readonly Talk[]
  /** Of what they are: « du dossier », « de l’onglet A1 ». */
  readonly of: string
  readonly onOpen: () => void
}

/** The icons of a place, as the button that opens what was said there. */
export function TalkButton({ talks, of, onOpen }: Props) {
  if (talks.length === 0) return null
  const words = `Messages ${of}\u00a0: ${say(talks)}`
  return (
    <button type="button" className="talk-button" aria-label={words} title={words} onClick={onOpen}>
      <TalkSigns talks={talks} />
    </button>
  )
}
