import { act, useState } from 'react'
import { expect, it } from 'vitest'
import { TabChoice } from '../src/dossier/dialogs/TabChoice'
import { rendered } from './rendered'

const tab = (code: string, title: string) => ({ code, title, dynamic: false, group: null })
const PARTS = [
  { code: '01', title: 'Bilan', tabs: [tab('A1', 'Actif'), tab('P1', 'Passif')] },
  { code: '02', title: 'Annexe', tabs: [tab('F01', 'Opérations'), tab('V1', 'Ventilation')] },
]
const TRADES = [
  { title: 'Emprunts', tabs: ['P1', 'F01'] },
  { title: 'Dont aucun n’est ouvert', tabs: ['Z9'] },
]

function Choice() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['A1']))
  return (
    <>
      <TabChoice parts={PARTS} selections={TRADES} current="A1" chosen={chosen} setChosen={setChosen} />
      <output>{[...chosen].toSorted().join(' ')}</output>
    </>
  )
}

const labelled = (text: string) =>
  [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(text))!
const boxOf = (text: string) => labelled(text).querySelector('input')!
const tick = (...texts: string[]) => {
  for (const text of texts) act(() => boxOf(text).click())
}
const told = () => document.querySelector('output')!.textContent
const groups = () => [...document.querySelectorAll('.tab-choice-groups legend')].map(({ textContent }) => textContent)
const shown = () => [...document.querySelectorAll('.tab-code')].map(({ textContent }) => textContent).toSorted()

it('the tab on screen is marked, to the eye and to the ear, and no other is', () => {
  rendered(<Choice />)
  expect([...document.querySelectorAll('.tab-choice-current')]).toEqual([labelled('A1')])
  expect(labelled('A1').textContent).toBe('A1 Actif (onglet affiché)')
  expect(labelled('P1').textContent).toBe('P1 Passif')
})

it('all, a part, or tabs of several parts are ticked, and taken back', () => {
  rendered(<Choice />)
  tick('V1')
  expect(told()).toBe('A1 V1')
  expect([boxOf('01').indeterminate, boxOf('02').indeterminate, boxOf('Tout').indeterminate]).toEqual([
    true,
    true,
    true,
  ])
  tick('02')
  expect(told()).toBe('A1 F01 V1')
  expect([boxOf('02').checked, boxOf('02').indeterminate]).toEqual([true, false])
  tick('02', '01')
  expect(told()).toBe('A1 P1')
  tick('Tout')
  expect([told(), boxOf('Tout').checked]).toEqual(['A1 F01 P1 V1', true])
  tick('Tout')
  expect(told()).toBe('')
})

it('by trade, a trade takes its tabs of all parts; those of no trade are shown too, and no empty trade is', () => {
  rendered(<Choice />)
  tick('Par métier')
  expect(groups()).toEqual(['Emprunts', 'Autres onglets'])
  expect(shown()).toEqual(['A1', 'F01', 'P1', 'V1'])
  tick('Emprunts')
  expect(told()).toBe('A1 F01 P1')
  tick('Autres onglets')
  expect([told(), boxOf('Tout').checked]).toEqual(['A1 F01 P1 V1', true])
})
