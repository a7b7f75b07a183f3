import { act } from 'react'
import { Provider } from 'urql'
import { expect, it, vi } from 'vitest'
import { CarryThreads } from '../src/exchange/CarryThreads'
import { OtherDossierDialog } from '../src/dossier/dialogs/OtherDossierDialog'
import { answering } from './answering'
import { rendered } from './rendered'

it('threads are carried only where the next dossier may be written in', async () => {
  for (const canCarry of [true, false]) {
    const { client, asked } = answering()
    rendered(
      <Provider value={client}>
        <CarryThreads dossier="d" year={2025} />
      </Provider>,
    )
    expect(document.querySelector('button')).toBeNull()
    await (await asked('CanCarry')).answer({ dossier: { id: 'd', exchange: { canCarry } } })
    expect(document.querySelector('button')?.textContent).toBe(canCarry ? 'Reporter sur le dossier 2025' : undefined)
  }
})

it('another dossier opens on the page that one is on, by a link that its guard sees', async () => {
  const { client, asked } = answering()
  const organism = { siren: '732829320', name: 'Un' }
  const dossier = { id: 'a', form: 'ER', year: 2024, organism }
  HTMLDialogElement.prototype.showModal = vi.fn<() => void>()
  const { find, show } = rendered(null)
  const dialog = (page?: string) => (
    <Provider value={client}>
      <OtherDossierDialog {...{ dossier, page }} onClose={() => undefined} />
    </Provider>
  )
  show(dialog('/echanges'))
  const nodes = [dossier, { ...dossier, id: 'b', form: 'QDIS' }]
  await (await asked('OrganismDossiers')).answer({ dossiers: { edges: nodes.map((node) => ({ node })) } })
  expect(document.querySelector('dialog a')).toBeNull()
  const select = find('dialog select') as HTMLSelectElement
  act(() => {
    select.value = 'QDIS'
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })
  expect(find('dialog a').getAttribute('href')).toBe('/dossiers/b/echanges')
  show(dialog())
  expect(find('dialog a').getAttribute('href')).toBe('/dossiers/b')
})
