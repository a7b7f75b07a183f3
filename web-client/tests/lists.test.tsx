import { act, useRef } from 'react'
import { Provider } from 'urql'
import { expect, it } from 'vitest'
import { DossiersSection } from '../src/campaigns/DossiersSection'
import type { Campaign } from '../src/campaigns/campaign'
import { ThreadList } from '../src/exchange/ThreadList'
import { answering } from './answering'
import { rendered } from './rendered'

const CAMPAIGN = { platform: { code: 'M' }, form: 'ER', year: 2024, deadlines: [], categories: [] }
const END = { hasNextPage: false, endCursor: null }

const press = (label: string) =>
  act(() => [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.startsWith(label))!.click())

it('all are ticked only if what they answered to is still what is asked', async () => {
  const { client, asked } = answering()
  const section = (
    <Provider value={client}>
      <DossiersSection campaign={CAMPAIGN as unknown as Campaign} onChanged={() => undefined} />
    </Provider>
  )
  const { find } = rendered(section)
  const line = { dossier: { id: '1', step: 'CLOSURE', organism: { name: 'Un' } }, late: false, daysLate: 0 }
  const page = { campaignDossiers: { edges: [{ node: line }], pageInfo: END, totalCount: 1 } }
  await (await asked('CampaignDossiers')).answer(page)
  press('Tout choisir')
  const late = await asked('CampaignDossierIds')
  const filter = find('.campaigns-filters input[type=checkbox]')
  act(() => filter.click())
  await late.answer({ campaignDossierIds: ['1'] })
  expect(find('[aria-live=polite]').textContent).toBe('0\u00a0dossier choisi')
  await (await asked('CampaignDossiers')).answer(page)
  press('Tout choisir')
  await (await asked('CampaignDossierIds')).answer({ campaignDossierIds: ['1'] })
  expect(find('[aria-live=polite]').textContent).toBe('1\u00a0dossier choisi')
})

const thread = (id: string) => ({
  id,
  level: 'DOSSIER',
  label: id,
  audience: 'ALL',
  state: 'OPEN',
  openedAt: '2026-01-01T00:00:00Z',
  unread: 0,
  messages: [],
})

const threads = (ids: string, endCursor: string | null) => ({
  dossier: {
    id: 'd',
    exchange: {
      threads: {
        edges: [...ids].map((id) => ({ node: thread(id) })),
        pageInfo: { hasNextPage: !!endCursor, endCursor },
      },
    },
  },
})

function List() {
  const heading = useRef<HTMLHeadingElement>(null)
  return <ThreadList dossier="d" asked={{}} canWrite heading={heading} empty="Rien." />
}

const shown = () => [...document.querySelectorAll('h3')].map(({ textContent }) => textContent).join('')

it('a page of threads starts where the one before it now ends, and shows none twice', async () => {
  const { client, asked } = answering()
  rendered(
    <Provider value={client}>
      <List />
    </Provider>,
  )
  await (await asked('Threads')).answer(threads('ab', 'b'))
  press('Échanges suivants')
  const second = await asked('Threads')
  expect(second.variables.after).toBe('b')
  await second.answer(threads('bcd', 'd'))
  expect(shown()).toBe('abcd')
  press('Échanges suivants')
  await (await asked('Threads')).answer(threads('e', null))
  expect(shown()).toBe('abcde')
})
