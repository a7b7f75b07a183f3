import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { describe, expect, it } from 'vitest'
import { formsOf, named, yearsOf } from '../src/dossier/others'
import { Stepper } from '../src/ui/Stepper'

const STEPS = ['Saisie', 'Fiabilisation', 'Fermeture'].map((label, number) => ({ number, label }))

describe('the life cycle', () => {
  it('is one button, named after the current step, that opens the history wherever it is pressed', () => {
    ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
    document.body.innerHTML = '<div id="root"></div>'
    const root = createRoot(document.getElementById('root')!)
    let opened = 0
    act(() => root.render(<Stepper steps={STEPS} current={1} onOpen={() => (opened += 1)} />))
    const buttons = [...document.querySelectorAll('button, a, [tabindex]')]
    expect(buttons.map((one) => one.querySelector(':scope > .visually-hidden')?.textContent)).toEqual([
      'Historique du dossier, étape 1\u00a0: Fiabilisation en cours',
    ])
    act(() => document.querySelector<HTMLElement>('.step-ahead .step-label')!.click())
    act(() => (buttons[0] as HTMLElement).click())
    expect(opened).toBe(2)
    act(() => root.unmount())
  })
})

describe('the other dossiers of an organism', () => {
  const found = [
    ['ER', 2023],
    ['ER', 2024],
    ['QDIS', 2022],
    ['QDIS', 2023],
  ].map(([form, year]) => ({ id: `${form} ${year}`, form: String(form), year: Number(year) }))

  it('are chosen by form and year, the latest year first', () => {
    expect(formsOf(found)).toEqual(['ER', 'QDIS'])
    expect(yearsOf(found, 'QDIS')).toEqual([2023, 2022])
  })

  it('keep the year across forms, or fall back on the latest', () => {
    expect(named(found, 'QDIS', 2022)?.id).toBe('QDIS 2022')
    expect(named(found, 'QDIS', 2024)?.id).toBe('QDIS 2023')
    expect(named(found, 'AUTRE', 2024)).toBeUndefined()
  })
})
