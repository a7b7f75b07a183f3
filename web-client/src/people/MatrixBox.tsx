import { STEPS } from '../search/criteria'
import { Icon, type IconName } from '../ui/Icon'
import { type Box, type Look, isImposed } from './matrix'
import { type Place, placeName } from './matrixKeys'
import { LOOKS } from './words'

/** A sign for each look: never the colour alone. */
export const SIGNS: Readonly<Record<Look, IconName>> = {
  granted: 'check',
  inherited: 'inherited',
  refused: 'close',
  imposedOn: 'lock',
  imposedOff: 'lock',
}

interface Props {
  readonly box: Box
  readonly label: string
  readonly place: Place
  readonly look: Look
  readonly isInProfile: boolean
  readonly isFree: boolean
  readonly isChanged: boolean
  readonly tabIndex: number
  readonly onToggle: (place: Place) => void
}

/** One box: a checkbox for those who hear it, with why it is so. */
export function MatrixBox({ box, label, place, look, isInProfile, isFree, isChanged, tabIndex, onToggle }: Props) {
  const isOn = look === 'granted' || look === 'inherited' || look === 'imposedOn'
  const said = [
    describeLook(look, isInProfile),
    isChanged && 'modifié, non enregistré',
    // A free box has nothing to explain.
    (!box.editable || isImposed(box)) && box.reason,
  ]
  return (
    <button
      type="button"
      role="checkbox"
      className={classOf(look, isInProfile, isFree, isChanged)}
      data-place={placeName(place)}
      tabIndex={tabIndex}
      aria-checked={isOn}
      aria-disabled={!isFree}
      aria-label={`${label}, étape ${box.step} (${STEPS[box.step]?.label})`}
      title={said.filter(Boolean).join(' · ')}
      onClick={() => isFree && onToggle(place)}
    >
      <Icon name={SIGNS[look]} size={16} />
    </button>
  )
}

/** What a look says here: a box that the profile has and the user has not was taken away. */
export function describeLook(look: Look, isInProfile: boolean): string {
  return look === 'refused' && isInProfile ? 'retiré au profil' : LOOKS[look]
}

function classOf(look: Look, isInProfile: boolean, isFree: boolean, isChanged: boolean): string {
  const isTaken = look === 'refused' && isInProfile
  return ['box', `box-${look}`, isTaken && 'box-taken', !isFree && 'box-fixed', isChanged && 'box-changed']
    .filter(Boolean)
    .join(' ')
}
