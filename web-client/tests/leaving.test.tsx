import { Provider } from 'urql'
import { expect, it, vi } from 'vitest'
import { LeaveDialog } from '../src/exchange/LeaveDialog'
import { goOnceAsked, watchLeaving } from '../src/shell/LeaveGuard'
import { answering } from './answering'
import { rendered } from './rendered'

type Left = Partial<Parameters<typeof LeaveDialog>[0]>

function said(left: Left) {
  const nothing = { messages: 0, attachments: 0, checked: 0, arriving: 0, started: 0 }
  const acts = { onStay: () => undefined, onPublished: () => undefined, onLeave: () => undefined }
  const { find } = rendered(
    <Provider value={answering().client}>
      <LeaveDialog dossier="d" canPublish {...nothing} {...acts} {...left} />
    </Provider>,
  )
  return {
    title: find('h2').textContent,
    text: find('.leave-list').textContent,
    act: find('.button-primary')?.textContent,
  }
}

it('what may not be sent yet is told apart, and no button says that it is', () => {
  expect(said({ checked: 1 })).toEqual({
    title: 'Quitter sans envoyer\u202f?',
    text: '1\u00a0pièce jointe attend l’antivirus et ne peut pas être envoyée.',
    act: undefined,
  })
  expect(said({ arriving: 2, attachments: 1 }).act).toBe('Envoyer')
  expect(said({ messages: 1, attachments: 1 })).toMatchObject({ title: 'Quitter sans publier\u202f?', act: 'Publier' })
})

it('a place that no link leads to is asked about too', () => {
  const ask = vi.fn<(place: string) => void>()
  const go = vi.fn<(place: string) => void>()
  const stop = watchLeaving(ask)
  goOnceAsked('/campagnes?campagne=2', go)
  expect(ask).toHaveBeenCalledWith('/campagnes?campagne=2')
  expect(go).not.toHaveBeenCalled()
  stop()
  goOnceAsked('/campagnes', go)
  expect(go).toHaveBeenCalledOnce()
})
